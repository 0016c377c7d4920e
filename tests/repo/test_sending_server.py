"""Which servers are trusted with a login and a pack: those that encrypt, and this machine."""

from __future__ import annotations

import base64
import ipaddress
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.postoffice import BALIKPAPAN, DATA, PACKS, PERIOD, PostOffice, edition, invite

from adminduk.basis.errors import DataError, ParameterError
from adminduk.publish.distribute.delivery import Order, send
from adminduk.publish.distribute.smtp import is_loopback, server_from

USER, PASSWORD = "dkp3a@x.example.org", "rahasia-64"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of this machine that vouches for itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("sertifikat") / "localhost.pem"
    no_password = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, no_password)
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


@pytest.fixture
def context(certificate):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate)
    return made


@pytest.fixture
def project(cloned, tmp_path):
    made = cloned(tmp_path / "proyek")
    made.editions(DATA).mkdir(parents=True)
    invite(made)
    edition(made)
    return made


@pytest.fixture
def sent(project, monkeypatch):
    """``sent(office, ...)``: send to Balikpapan's people with this environment; what arrived."""

    def go(office: PostOffice, **environment: str) -> list[str]:
        for name, value in (office.environment() | {f"ADMINDUK_SMTP_{k}": v for k, v in environment.items()}).items():
            monkeypatch.setenv(name, value)
        send(project, Order(PERIOD, DATA, ("64.71",)), True, print)
        return office.files()[BALIKPAPAN]

    return go


def login(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)  # the server words the refusal


def test_starttls_with_a_login(sent, certificate, context, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    options = {"require_starttls": True, "auth_required": True, "authenticator": login}
    with PostOffice(starttls=context, options=options) as office:
        assert sent(office, SECURITY="", USER=USER, PASSWORD=PASSWORD, FROM="") == sorted(PACKS[BALIKPAPAN])
        assert office.inbox[0][1]["From"] == f"DKP3A Provinsi Kalimantan Timur <{USER}>"


def test_tls_from_the_first_byte(sent, certificate, context, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with PostOffice(tls=context) as office:
        assert sent(office, SECURITY="tls") == sorted(PACKS[BALIKPAPAN])


def test_a_wrong_password_stops_without_showing_it(sent, certificate, context, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with PostOffice(starttls=context, options={"auth_required": True, "authenticator": login}) as office:
        with pytest.raises(ParameterError, match="login ditolak") as error:
            sent(office, SECURITY="starttls", USER=USER, PASSWORD="bukan-ini")
        assert "bukan-ini" not in str(error.value) and not office.attempts


def test_a_server_that_repeats_the_login_does_not_make_us_tell_it(sent, certificate, context, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    hidden = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
    with PostOffice(starttls=context, echoes=True, options={"auth_required": True, "authenticator": login}) as office:
        with pytest.raises(DataError, match="454 saat login") as error:
            sent(office, SECURITY="starttls", USER=USER, PASSWORD=PASSWORD)
        told = str(error.value)
    assert PASSWORD not in told and hidden not in told and "AUTH" not in told


@pytest.mark.parametrize(
    "changed", [{"HOST": "smtp..example.org", "SECURITY": "starttls"}, {"HOST": f"{'x' * 64}.org", "SECURITY": "tls"}]
)
def test_a_host_that_no_network_knows_is_told(sent, changed):
    with PostOffice() as office, pytest.raises(ParameterError, match="tidak dapat dikirim"):
        sent(office, USER=USER, PASSWORD=PASSWORD, **changed)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_unknown_certificate_is_not_trusted(sent, context, security):
    with PostOffice(**{security: context}) as office:
        with pytest.raises(ParameterError, match="terenkripsi tidak dapat dibuat"):
            sent(office, SECURITY=security)
        assert not office.attempts


def test_a_server_without_starttls_gets_nothing(sent):
    with PostOffice() as office:
        with pytest.raises(ParameterError, match="tidak menyediakan"):
            sent(office, SECURITY="starttls", USER=USER, PASSWORD=PASSWORD)
        assert not office.attempts


def test_nothing_leaves_this_machine_unencrypted(sent):
    with PostOffice() as office, pytest.raises(ParameterError, match=r"bukan ke mail\.example\.org"):
        sent(office, HOST="mail.example.org")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1"])
def test_this_machine(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1.example.org", "localhost.example.org", "10.0.0.1", "0.0.0.0", "::", ""])
def test_other_machines(host):
    assert not is_loopback(host)


def test_all_mistakes_in_the_environment_are_told():
    wrong = {"ADMINDUK_SMTP_PORT": "99999", "ADMINDUK_SMTP_SECURITY": "ssl", "ADMINDUK_SMTP_FROM": "bukan alamat"}
    with pytest.raises(ParameterError) as error:
        server_from(wrong, 1)
    told = [problem.where.removeprefix("ADMINDUK_SMTP_") for problem in error.value.problems]
    assert told == ["HOST", "PORT", "SECURITY", "FROM"]


def test_ports_that_nobody_has_to_name():
    told = {"ADMINDUK_SMTP_HOST": "localhost", "ADMINDUK_SMTP_USER": USER}
    ports = {
        name: server_from(told | {"ADMINDUK_SMTP_SECURITY": name}, 1).port for name in ("starttls", "tls", "tanpa")
    }
    assert ports == {"starttls": 587, "tls": 465, "tanpa": 25}
