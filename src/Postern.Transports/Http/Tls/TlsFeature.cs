using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Postern.Transports.Http.Tls;

/// <summary>
/// What Kestrel asks of a TLS connection: its presence makes the scheme https, the protocol decides between HTTP/1.1 and HTTP/2,
/// and HTTP/2 is refused below TLS 1.2. A snapshot, taken after the handshake.
/// </summary>
internal sealed class TlsFeature(SslStream stream) : ITlsConnectionFeature, ITlsHandshakeFeature, ITlsApplicationProtocolFeature
{
    /// <summary>Always null: clients are not asked for a certificate.</summary>
    public X509Certificate2? ClientCertificate { get => null; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> ApplicationProtocol { get; } = stream.NegotiatedApplicationProtocol.Protocol;

    /// <inheritdoc/>
    public SslProtocols Protocol { get; } = stream.SslProtocol;

    /// <inheritdoc/>
    public TlsCipherSuite? NegotiatedCipherSuite { get; } = stream.NegotiatedCipherSuite;

    /// <inheritdoc/>
    public string HostName { get; } = stream.TargetHostName;

#pragma warning disable SYSLIB0058 // The interface still demands these; NegotiatedCipherSuite says the same.
    /// <inheritdoc/>
    public CipherAlgorithmType CipherAlgorithm => CipherAlgorithmType.None;

    /// <inheritdoc/>
    public int CipherStrength => 0;

    /// <inheritdoc/>
    public HashAlgorithmType HashAlgorithm => HashAlgorithmType.None;

    /// <inheritdoc/>
    public int HashStrength => 0;

    /// <inheritdoc/>
    public ExchangeAlgorithmType KeyExchangeAlgorithm => ExchangeAlgorithmType.None;

    /// <inheritdoc/>
    public int KeyExchangeStrength => 0;
#pragma warning restore SYSLIB0058

    /// <inheritdoc/>
    public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult<X509Certificate2?>(null);
}
