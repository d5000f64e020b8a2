using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Postern.Transports.Http.Reverse;

/// <summary>HTTP/2 without TLS, by the preface that clients begin with who know (RFC 9113 §3.3): gRPC between services.</summary>
internal static class PriorKnowledge
{
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n"u8;

    /// <summary>The middleware, for <c>ListenOptions.Use</c>.</summary>
    public static ConnectionDelegate Bind(ConnectionDelegate next) => connection => RunAsync(connection, next);

    private static async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var input = connection.Transport.Input;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(patience.Token).ConfigureAwait(false);
                var isPreface = Look(read.Buffer);
                input.AdvanceTo(read.Buffer.Start, isPreface is null && !read.IsCompleted ? read.Buffer.End : read.Buffer.Start);
                if (isPreface is not null || read.IsCompleted)
                {
                    if (isPreface == true)
                    {
                        var chosen = new Chosen();
                        connection.Features.Set<ITlsApplicationProtocolFeature>(chosen);
                        connection.Features.Set<ITlsConnectionFeature>(chosen);
                    }

                    break;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return;
        }

        await next(connection).ConfigureAwait(false);
    }

    /// <summary>Null while it can be either.</summary>
    private static bool? Look(ReadOnlySequence<byte> bytes)
    {
        Span<byte> start = stackalloc byte[Preface.Length];
        var length = (int)Math.Min(bytes.Length, start.Length);
        bytes.Slice(0, length).CopyTo(start);
        return !Preface.StartsWith(start[..length]) ? false : length < start.Length ? null : true;
    }

    /// <summary>The server looks for a negotiated protocol only where there is TLS.</summary>
    private sealed class Chosen : ITlsApplicationProtocolFeature, ITlsConnectionFeature
    {
        public X509Certificate2? ClientCertificate { get => null; set => throw new NotSupportedException(); }

        public ReadOnlyMemory<byte> ApplicationProtocol { get; } = "h2"u8.ToArray();

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult<X509Certificate2?>(null);
    }
}
