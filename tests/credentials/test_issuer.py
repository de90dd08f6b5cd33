import stat
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from tests.credentials.files import NOW, certificate, image, key_pem, pem

from masthead.credentials import Issuer, Manifest, State, doctor, sign
from masthead.credentials.issuer import create
from masthead.errors import CannotRead, NotReady, Refused


def test_a_local_chain_is_healthy_and_private(tmp_path):
    create(tmp_path / "issuer", organisation="The Daily", now=NOW)
    files = {one.name: one for one in (tmp_path / "issuer").iterdir()}
    assert set(files) == {"chain.pem", "signer.key", "intermediate.key", "root.pem"}
    assert all(
        stat.S_IMODE(files[name].stat().st_mode) == 0o600 for name in ("signer.key", "intermediate.key")
    )
    assert doctor(files["chain.pem"].read_bytes(), files["signer.key"].read_bytes(), now=NOW) == []
    assert Issuer.load(tmp_path / "issuer").name == "The Daily"


def test_the_root_stays_out_of_the_chain(tmp_path):
    create(tmp_path / "issuer", organisation="The Daily", now=NOW)
    chain = x509.load_pem_x509_certificates((tmp_path / "issuer" / "chain.pem").read_bytes())
    root = x509.load_pem_x509_certificate((tmp_path / "issuer" / "root.pem").read_bytes())
    assert len(chain) == 2
    assert root not in chain
    chain[0].verify_directly_issued_by(chain[1])
    chain[1].verify_directly_issued_by(root)
    assert len({one.serial_number for one in (*chain, root)}) == 3


def test_a_chain_that_is_there_is_never_overwritten(tmp_path):
    create(tmp_path / "issuer", organisation="The Daily", now=NOW)
    before = (tmp_path / "issuer" / "signer.key").read_bytes()
    with pytest.raises(Refused):
        create(tmp_path / "issuer", organisation="Another", now=NOW)
    assert (tmp_path / "issuer" / "signer.key").read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["issuer"]


@pytest.mark.parametrize("name", ["", "x" * 300, "  Le   Journal\nde l’été ", "日本新聞"])
def test_any_organisations_name_will_do(tmp_path, name):
    create(tmp_path / "issuer", organisation=name, now=NOW)
    found = Issuer.load(tmp_path / "issuer")
    found.check(NOW)
    assert found.name


def test_without_a_chain_the_way_out_is_named(tmp_path):
    with pytest.raises(NotReady, match="masthead init"):
        Issuer.load(tmp_path / "issuer")


def test_an_expired_chain_is_named_before_anything_is_signed(tmp_path):
    create(tmp_path / "issuer", organisation="The Daily", now=NOW - timedelta(days=2000))
    with pytest.raises(NotReady, match="expired"):
        Issuer.load(tmp_path / "issuer").check(NOW)


@pytest.fixture(scope="module")
def above():
    return certificate(name="Authority", authority=True, usage=None)


def faults(chain, key):
    return " ".join(str(one) for one in doctor(chain, key, now=NOW))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"aki": False}, "Authority Key Identifier"),
        ({"usage": None}, "lacks Key Usage"),
        ({"usage": False}, "does not allow digital signatures"),
        ({"purposes": ()}, "lacks Extended Key Usage"),
        ({"purposes": (ExtendedKeyUsageOID.CODE_SIGNING,)}, "another purpose"),
        ({"purposes": (ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,)}, "allows anything"),
        (
            {"purposes": (ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.TIME_STAMPING)},
            "time stamps",
        ),
        ({"begins": timedelta(days=-9), "ends": timedelta(days=-1)}, "expired on"),
        ({"begins": timedelta(days=1)}, "not in force before"),
        ({"authority": True, "usage": None}, "an authority's"),
        ({"key": ec.generate_private_key(ec.SECP256K1())}, "secp256k1"),
        ({"key": rsa.generate_private_key(65537, 1024)}, "1024 bits"),
    ],
)
def test_the_doctor_names_the_fault(above, wrong, said):
    key, leaf = certificate(above=above, **wrong)
    assert said in faults(pem(leaf), key_pem(key))


def test_the_doctor_names_a_self_signed_certificate():
    key, leaf = certificate()
    assert "self-signed" in faults(pem(leaf), key_pem(key))


def test_the_doctor_names_a_root_in_the_chain(above):
    key, leaf = certificate(above=above)
    assert "root certificate is in the chain" in faults(pem(leaf, above[1]), key_pem(key))


def test_the_doctor_names_a_wrong_order(above):
    middle = certificate(name="Middle", authority=True, usage=None, above=above)
    key, leaf = certificate(above=middle)
    assert faults(pem(leaf, middle[1]), key_pem(key)) == ""
    assert "not in order" in faults(pem(middle[1], leaf), key_pem(middle[0]))


def test_the_doctor_names_an_expired_authority(above):
    middle = certificate(name="Middle", authority=True, usage=None, above=above, ends=timedelta(hours=-1))
    key, leaf = certificate(above=middle)
    assert "above the signer's" in faults(pem(leaf, middle[1]), key_pem(key))


def test_the_doctor_names_a_key_of_another_certificate(above):
    _, leaf = certificate(above=above)
    assert "does not belong" in faults(pem(leaf), key_pem(ec.generate_private_key(ec.SECP256R1())))


def test_the_doctor_names_an_encrypted_key_and_what_is_no_pem(above):
    key, leaf = certificate(above=above)
    assert "encrypted" in faults(pem(leaf), key_pem(key, b"secret"))
    assert "key cannot be read" in faults(pem(leaf), b"nothing")
    assert "certificate cannot be read" in faults(b"nothing", key_pem(key))


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP384R1()),
        rsa.generate_private_key(65537, 2048),
        ed25519.Ed25519PrivateKey.generate(),
    ],
    ids=["es384", "ps256", "ed25519"],
)
def test_an_organisations_own_key_of_each_kind_seals(tmp_path, above, key):
    _, leaf = certificate(key, above=above)
    (tmp_path / "chain.pem").write_bytes(pem(leaf))
    (tmp_path / "signer.key").write_bytes(key_pem(key))
    own = Issuer.from_files(tmp_path / "chain.pem", tmp_path / "signer.key")
    own.check(NOW)
    sealed = sign(image("image/png"), "image/png", issuer=own, manifest=Manifest())
    assert sealed.reading.state is State.VALID


def test_a_key_of_another_kind_or_none_is_refused(tmp_path, above):
    key, leaf = certificate(ec.generate_private_key(ec.SECP256K1()), above=above)
    (tmp_path / "chain.pem").write_bytes(pem(leaf))
    (tmp_path / "signer.key").write_bytes(key_pem(key))
    with pytest.raises(CannotRead, match="P-256"):
        Issuer.from_files(tmp_path / "chain.pem", tmp_path / "signer.key")
    with pytest.raises(CannotRead, match="paths"):
        Issuer.from_files(tmp_path / "chain.pem", tmp_path / "missing.key")


def test_a_certificate_that_readers_would_refuse_seals_nothing(above):
    key, leaf = certificate(above=above, begins=timedelta(days=-9), ends=timedelta(days=-1))
    own = Issuer(pem(leaf), "es256", lambda data: key.sign(data, ec.ECDSA(hashes.SHA256())))
    with pytest.raises(NotReady):
        sign(image("image/png"), "image/png", issuer=own, manifest=Manifest())


def test_a_key_store_that_fails_seals_nothing(above):
    def fails(data):
        raise OSError("token removed")

    _, leaf = certificate(above=above)
    with pytest.raises(NotReady, match="key did not sign"):
        sign(image("image/png"), "image/png", issuer=Issuer(pem(leaf), "es256", fails), manifest=Manifest())
