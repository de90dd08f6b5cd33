"""Every setting of a deployment in plain words: what it does, and a line that sets it."""

from collections.abc import Mapping
from dataclasses import dataclass

from masthead.language import Message


@dataclass(frozen=True, slots=True)
class Explained:
    """What a setting does, and how a line of `config.toml` that sets it looks."""

    effect: Message
    line: str


GROUPS: tuple[tuple[Message, Mapping[str, Explained]], ...] = (
    (
        Message("Where the record is kept"),
        {
            "database_url": Explained(
                Message(
                    "Which database holds the record. Without it, one SQLite file in the home folder, which"
                    " serves a dozen people well; PostgreSQL serves many, with several processes."
                ),
                'database_url = "postgres://name:password@host/database"',
            ),
            "unsynced_database": Explained(
                Message(
                    "Whether to record in a PostgreSQL that does not wait for its disk: only where its"
                    " storage keeps what was committed by other means. Else entries may be lost."
                ),
                "unsynced_database = true",
            ),
            "max_upload": Explained(
                Message(
                    "The largest file that anyone can bring in, in bytes. What is larger is refused unread."
                ),
                "max_upload = 50_000_000",
            ),
        },
    ),
    (
        Message("How the desk is served"),
        {
            "address": Explained(
                Message(
                    "Where people reach the desk and the public pages. Links in mail and feeds begin with it;"
                    " no other name is answered to, and with https cookies travel encrypted only."
                ),
                'address = "https://desk.example.org"',
            ),
            "behind_proxy": Explained(
                Message(
                    "Whether a proxy of yours stands before the desk. Only then it is believed who asked:"
                    " without a proxy, anyone could pretend to be somebody else."
                ),
                "behind_proxy = true",
            ),
            "time_zone": Explained(
                Message(
                    "By which clock times and days are told and days are entered: on the desk, on the public"
                    " pages, at the terminal. Without it, the clock of the machine, where its name can be"
                    " known, else UTC. What is on record, and what software reads, stays in UTC and does not"
                    " change with it; beside a proof the hour of UTC is told."
                ),
                'time_zone = "Europe/Paris"',
            ),
            "workers": Explained(
                Message(
                    "How many processes answer at a time. One is right on SQLite, which has one writer; on"
                    " PostgreSQL, as many as the machine has cores."
                ),
                "workers = 4",
            ),
            "own_network": Explained(
                Message(
                    "Servers of yours on a private network that may be fetched from and told of changes."
                    " Every other address that is not public is refused, so that nobody reaches into"
                    " your network."
                ),
                'own_network = ["10.0.4.7", "10.0.5.0/24"]',
            ),
            "own_ports": Explained(
                Message("Ports that may be asked on those servers, besides 80 and 443."), "own_ports = [8080]"
            ),
            "own_roots": Explained(
                Message("The file with the authority that gave those servers their certificates."),
                'own_roots = "/etc/ssl/own.pem"',
            ),
        },
    ),
    (
        Message("Mail"),
        {
            "mail_url": Explained(
                Message(
                    "The server that sends mail: invitations, forgotten passwords. Without it, none is sent."
                ),
                'mail_url = "smtp://name:password@mail.example.org:587"',
            ),
            "mail_from": Explained(
                Message("Who the mail is from. Without it, masthead@ and the host of the address above."),
                'mail_from = "desk@example.org"',
            ),
            "contact": Explained(
                Message(
                    "Where to write about a fault of security: an address of mail, or of a page. It is told"
                    " to everybody in /.well-known/security.txt, which is not there without it."
                ),
                'contact = "security@example.org"',
            ),
        },
    ),
    (
        Message("Evidence and review"),
        {
            "publish_every": Explained(
                Message(
                    "How many seconds pass between two published checkpoints of the log, on average. The"
                    " waits differ, so that unpublished work shows no rhythm. A publication does not wait"
                    " for it."
                ),
                "publish_every = 600",
            ),
            "tsa": Explained(
                Message(
                    "An authority that stamps the heads of the log with its time: it shows that what is"
                    " recorded is no younger. It is asked about once an hour where there is a new head;"
                    " after trouble, a restore or a run by hand sooner. Only hashes are sent."
                ),
                'tsa = "https://tsa.example.org/tsr"',
            ),
            "tsa_root": Explained(
                Message(
                    "The file with that authority's root certificate, as it gives it out itself, and with"
                    " those between where it does not send them."
                ),
                'tsa_root = "/etc/ssl/tsa-root.pem"',
            ),
            "verify_every": Explained(
                Message(
                    "How many seconds pass between two verifications of the whole log while it is served; the"
                    " first comes a minute after a start. Where one finds something that does not agree, the"
                    " record is read-only until a person has put it right."
                ),
                "verify_every = 86400",
            ),
            "log_signer": Explained(
                Message(
                    "What signs the log in place of a key in a file, such as a key service: a callable of an"
                    " installed package. It runs in the desk's own process, and what it signs is verified."
                ),
                'log_signer = "our_keys:Service"',
            ),
            "key_overlap_days": Explained(
                Message(
                    "For how many days the log's old key still signs as well after a new one has taken over,"
                    " so that whoever knows the old one alone has time to learn of it."
                ),
                "key_overlap_days = 30",
            ),
            "backup_keep_days": Explained(
                Message(
                    "How many days a backup made by `masthead backup` is kept: a later run into the same"
                    " folder deletes older ones. What was erased here is gone from the backups only then."
                ),
                "backup_keep_days = 30",
            ),
            "review_hours": Explained(
                Message(
                    "How many hours a publication past the gate may wait for its second review before it is"
                    " overdue. It holds for glass broken from then on."
                ),
                "review_hours = 24",
            ),
        },
    ),
    (
        Message("Content Credentials"),
        {
            "certificate": Explained(
                Message(
                    "A certificate of the organisation's own to seal pictures and texts with. Without it, one"
                    " made here, which strangers' software does not know."
                ),
                'certificate = "/etc/masthead/chain.pem"',
            ),
            "certificate_key": Explained(
                Message("The private key of that certificate. Its content is shown to nobody."),
                'certificate_key = "/etc/masthead/chain.key"',
            ),
            "trust": Explained(
                Message("Whose credentials on incoming files are believed, besides our own."),
                'trust = ["/etc/masthead/agency.pem"]',
            ),
        },
    ),
    (
        Message("Checks and logins of others"),
        {
            "checks": Explained(
                Message(
                    "Checks made by others that may run here, each at one version: another version does not"
                    " run until it is named here."
                ),
                '[checks]\nbylines = "1.4.0"',
            ),
            "oidc": Explained(
                Message(
                    "A provider of logins of the organisation's own (OpenID Connect), so that people need no"
                    " password here."
                ),
                '[oidc]\nserver = "https://login.example.org"\nclient_id = "masthead"\nsecret = "…"',
            ),
        },
    ),
)
"""By what they are about; a test holds every setting in it, once."""
