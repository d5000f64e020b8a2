using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Http;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Dns;

/// <summary>Answers names for clients that ask a resolver themselves, over UDP and TCP on one port. Asks nobody but the resolver of the checkpoint.</summary>
public sealed class DnsListener : IAsyncDisposable
{
    // More at once are dropped, as a full socket does: clients ask again.
    private const int MaxQueries = 256;
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(10);
    private readonly DnsCheckpoint _checkpoint;
    private readonly IPEndPoint _listen;
    private readonly TimeProvider _time;
    private readonly ProxyServer _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _free = new(MaxQueries);
    private Socket? _socket;
    private Task _reading = Task.CompletedTask;

    /// <summary>Composes the listener; it listens after <see cref="StartAsync"/>.</summary>
    /// <param name="parts">What every way in shares.</param>
    /// <param name="listen">Where.</param>
    /// <param name="refusal">What a refused name is answered with.</param>
    public DnsListener(ProxyParts parts, IPEndPoint listen, DnsRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _checkpoint = new DnsCheckpoint(parts.Inspector, parts.Policies, refusal == DnsRefusal.NameError ? DnsCode.NameError : DnsCode.Refused);
        (_listen, _time) = (listen, parts.Time);
        _server = new ProxyServer([new ProxyEndpoint(listen, _ => RunAsync)], new ProxyServerOptions(MaxConnections: MaxQueries));
    }

    /// <summary>Where it listens, with both protocols; valid after the start.</summary>
    public IPEndPoint Address => _server.Bound[0];

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The address is taken or not available.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        await _server.StartAsync(static _ => Task.CompletedTask, cancel).ConfigureAwait(false);
        _socket = new Socket(_listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.Bind(Address);
        }
        catch (SocketException e)
        {
            throw new IOException($"cannot listen on {Address} over UDP: {e.SocketErrorCode}", e);
        }

        _reading = ReadAsync(_socket);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        for (var query = 0; query < MaxQueries; query++)
        {
            // Whoever still answers gives its place back.
            await _free.WaitAsync().ConfigureAwait(false);
        }

        await _server.DisposeAsync().ConfigureAwait(false);
        _socket?.Dispose();
        _free.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync(Socket socket)
    {
        var buffer = new byte[DnsReader.MaxDatagramBytes + 1];
        var anyone = new IPEndPoint(_listen.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var read = await socket.ReceiveFromAsync(buffer, anyone, _stop.Token).ConfigureAwait(false);
                if (read.ReceivedBytes <= DnsReader.MaxDatagramBytes && DnsReader.TryRead(buffer.AsSpan(0, read.ReceivedBytes).ToArray(), out var query) && _free.Wait(0, CancellationToken.None))
                {
                    _ = ServeAsync(query, (IPEndPoint)read.RemoteEndPoint, new DnsRelease(query, socket, read.RemoteEndPoint));
                }
            }
            catch (Exception lost) when (lost is SocketException or OperationCanceledException)
            {
                // One datagram that was too long or that nobody wanted, or the end.
            }
        }
    }

    private async Task ServeAsync(DnsQuery query, IPEndPoint peer, DnsRelease release)
    {
        try
        {
            await _checkpoint.ServeAsync(query, peer.Address, release, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException)
        {
            // There is nobody to answer, or the end.
        }
        finally
        {
            _free.Release();
        }
    }

    private async Task RunAsync(ConnectionContext connection)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, connection.ConnectionClosed);
        try
        {
            while (await ReadFrameAsync(connection.Transport.Input, stop.Token).ConfigureAwait(false) is { } frame && DnsReader.TryRead(frame, out var query))
            {
                await _checkpoint.ServeAsync(query, (connection.RemoteEndPoint as IPEndPoint)?.Address, new DnsRelease(query, connection.Transport), stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The client is gone, or was silent for too long.
        }
    }

    /// <summary>The next frame; null at the end.</summary>
    private async ValueTask<byte[]?> ReadFrameAsync(PipeReader input, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(s_idle, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        var head = await input.ReadAtLeastAsync(2, either.Token).ConfigureAwait(false);
        if (head.Buffer.Length < 2)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(head.Buffer.Slice(0, 2).ToArray());
        input.AdvanceTo(head.Buffer.Start);
        var whole = await input.ReadAtLeastAsync(2 + length, either.Token).ConfigureAwait(false);
        if (whole.Buffer.Length < 2 + length)
        {
            return null;
        }

        var frame = whole.Buffer.Slice(2, length).ToArray();
        input.AdvanceTo(whole.Buffer.GetPosition(2 + length));
        return frame;
    }
}
