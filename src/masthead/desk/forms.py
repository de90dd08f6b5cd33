"""How forms look: a label, a hint, the error beside its field, a summary of errors on top."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """The templates of the pages, with our templates for forms and fields."""

    form_template_name = "desk/form/form.html"
    field_template_name = "desk/form/field.html"
