internal import AsyncHTTPClient
internal import Crypto
internal import Hummingbird
internal import HummingbirdTLS
internal import Logging
internal import NIOSSL
internal import ServiceLifecycle
internal import X509
