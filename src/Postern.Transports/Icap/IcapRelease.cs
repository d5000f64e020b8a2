using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.Http;

namespace Postern.Transports.Icap;

/// <summary>
/// Answers one request of an ICAP client: the message goes on as it came (204), as it was cleared, or not at all. What was cleared without an edit is
/// 204 wherever the client kept the message; a body that streams is given back as it is cleared.
/// </summary>
internal sealed class IcapRelease : IClientRelease
{
    private const string Crlf = "\r\n";
    private readonly ConnectionContext _connection;
    private readonly IcapRequest? _place;
    private readonly IcapMark _mark;
    private bool _isStreaming;
    private bool _isCut;
    private bool _wasAsked;

    /// <summary>An answer.</summary>
    /// <param name="connection">The client's.</param>
    /// <param name="place">What is answered; null where it could not be read.</param>
    /// <param name="mark">The policy in force, as clients tell one from another.</param>
    public IcapRelease(ConnectionContext connection, IcapRequest? place, IcapMark mark)
    {
        (_connection, _place, _mark) = (connection, place, mark);
        Body = place is { Sections.HasBody: true } ? new IcapBody(connection.Transport.Input, place.PreviewBytes, place.LengthBytes, GoOnAsync) : null;
    }

    /// <inheritdoc/>
    public bool HasStarted { get; private set; }

    /// <summary>The body of what is answered; null when there is none.</summary>
    public IcapBody? Body { get; }

    private bool MayKeep => _place!.TakesUnmodified || (_place.PreviewBytes >= 0 && !_wasAsked);

    /// <summary>Says what the service does.</summary>
    public ValueTask OptionsAsync(CancellationToken cancel)
    {
        var methods = IcapRequest.ServiceOf(_place!.Head.Second) == IcapMethod.RequestModification ? "REQMOD" : "RESPMOD";
        return SayAsync(
            $"200 OK{Crlf}Methods: {methods}{Crlf}Service: Postern{Crlf}Allow: 204{Crlf}Preview: 0{Crlf}Transfer-Preview: *{Crlf}"
            + $"Options-TTL: {IcapListener.OptionsSeconds}{Crlf}Max-Connections: {IcapListener.MaxConnections}{Crlf}Encapsulated: null-body=0", cancel);
    }

    /// <summary>Says what is wrong with the frame.</summary>
    public ValueTask FaultAsync(int status, CancellationToken cancel) =>
        SayAsync($"{status} {((IcapFault)status).ToString()}{Crlf}Connection: close{Crlf}Encapsulated: null-body=0", cancel);

    /// <summary>Gives a cleared request back to the client, which sends it on. A body that is refused on its way is cut.</summary>
    /// <param name="cleared">The request.</param>
    /// <param name="upload">What follows of its body; null when the message holds all of it.</param>
    /// <param name="cancel">The client is gone, or the exchange is stopped.</param>
    public async ValueTask ForwardAsync(Cleared cleared, Upload? upload, CancellationToken cancel)
    {
        using var message = cleared.Take();
        if (upload is null && MayGoAsItCame(cleared, message, _place!.Asked!))
        {
            await SayAsync($"204 No modifications needed{Crlf}Encapsulated: null-body=0", cancel).ConfigureAwait(false);
            return;
        }

        if (upload is not null)
        {
            await Body!.AskAsync(cancel).ConfigureAwait(false);
        }

        var hasBody = upload is not null || !message.ReleasableBody.IsEmpty;
        var head = new StringBuilder(1024);
        head.Append(CultureInfo.InvariantCulture, $"{_place!.Asked!.First} {_place.Asked.Second} HTTP/1.1{Crlf}");
        head.Append(CultureInfo.InvariantCulture, $"Host: {(_place.Asked.First == "CONNECT" ? _place.Asked.Second : cleared.Destination!.Origin.Split("://")[1])}{Crlf}");
        AddFields(head, message);
        var length = upload is not null ? upload.Length : hasBody || _place.Asked.ValueOf("Content-Length").Length > 0 ? message.ReleasableBody.Length : null;
        await BeginAsync("req", AddLength(head, length), hasBody, cancel).ConfigureAwait(false);
        await ChunkAsync(message.ReleasableBody, cancel).ConfigureAwait(false);
        if (upload is not null)
        {
            await upload.RunAsync(PieceAsync, cancel).ConfigureAwait(false);
        }

        await EndAsync(cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask RespondAsync(Cleared cleared, bool bodyFollows, CancellationToken cancel)
    {
        using var message = cleared.Take();
        if (!bodyFollows && MayGoAsItCame(cleared, message, _place!.Answered!))
        {
            await SayAsync($"204 No modifications needed{Crlf}Encapsulated: null-body=0", cancel).ConfigureAwait(false);
            return;
        }

        if (bodyFollows && Body is not null)
        {
            // A client that still waits to be asked takes no answer that needs the rest.
            await Body.AskAsync(cancel).ConfigureAwait(false);
        }

        var head = new StringBuilder(1024);
        AddStatus(head, message.Facts.Status);
        var hasLength = AddFields(head, message);
        var hasBody = bodyFollows || !message.ReleasableBody.IsEmpty;
        var isEmpty = !hasBody && message.TryFind(PartKind.Body, out _);
        await BeginAsync("res", AddLength(head, hasLength || bodyFollows || !(hasBody || isEmpty) ? null : message.ReleasableBody.Length), hasBody, cancel).ConfigureAwait(false);
        await ChunkAsync(message.ReleasableBody, cancel).ConfigureAwait(false);
        if (!bodyFollows)
        {
            await EndAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask PieceAsync(Cleared cleared, CancellationToken cancel)
    {
        using var message = cleared.Take();
        await ChunkAsync(message.ReleasableBody, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask EventAsync(Cleared cleared, CancellationToken cancel)
    {
        using var message = cleared.Take();
        await ChunkAsync(EventText.Render(message), cancel).ConfigureAwait(false);
    }

    /// <summary>A body that has trailers was refused.</summary>
    public void Trailers(Cleared cleared) => cleared.Take().Dispose();

    /// <inheritdoc/>
    public async ValueTask ReplyAsync(Reply reply, CancellationToken cancel)
    {
        if (HasStarted)
        {
            Abort();
            return;
        }

        var head = new StringBuilder(512);
        AddStatus(head, reply.Status);
        foreach (var (name, value) in reply.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}{Crlf}");
        }

        var hasBody = reply.Body.Length > 0 && _place!.Asked!.First != "HEAD";
        await BeginAsync("res", AddLength(head, reply.Body.Length), hasBody, cancel).ConfigureAwait(false);
        await ChunkAsync(hasBody ? reply.Body : default, cancel).ConfigureAwait(false);
        await EndAsync(cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask LastEventAsync(Reply reply, CancellationToken cancel) => ChunkAsync(reply.Body, cancel);

    /// <inheritdoc/>
    public void Abort()
    {
        _isCut = true;
        _connection.Abort();
    }

    /// <summary>Ends what streamed, unless it was cut. False when nothing was said, or not to its end.</summary>
    public async ValueTask<bool> EndAsync(CancellationToken cancel)
    {
        if (_isStreaming && !_isCut)
        {
            _isStreaming = false;
            await PutAsync("0\r\n\r\n"u8.ToArray(), cancel).ConfigureAwait(false);
        }

        return HasStarted && !_isCut;
    }

    /// <summary>True when the client kept just what was cleared: not edited, not decoded, every field looked at.</summary>
    private bool MayGoAsItCame(Cleared cleared, Message message, HeadText came) =>
        MayKeep && !cleared.IsEdited && came.IsSaidBy(message) && (message.TryFind(PartKind.Body, out var body) ? _place!.Sections.HasBody || body.Length == 0 : !_place!.Sections.HasBody);

    /// <summary>True when there was a length among them.</summary>
    private static bool AddFields(StringBuilder head, Message message)
    {
        var hasLength = false;
        foreach (ref readonly var part in message.Parts)
        {
            if (part.Kind == PartKind.HeaderValue)
            {
                var name = Encoding.Latin1.GetString(message.NameOf(part));
                hasLength |= name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase);
                head.Append(CultureInfo.InvariantCulture, $"{name}: {Encoding.Latin1.GetString(message.Of(part))}{Crlf}");
            }
        }

        return hasLength;
    }

    private static void AddStatus(StringBuilder head, int status) =>
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}{Crlf}");

    private static StringBuilder AddLength(StringBuilder head, long? bytes) =>
        bytes is null ? head : head.Append(CultureInfo.InvariantCulture, $"Content-Length: {bytes}{Crlf}");

    private async ValueTask BeginAsync(string section, StringBuilder http, bool hasBody, CancellationToken cancel)
    {
        http.Append(Crlf);
        HasStarted = true;
        _isStreaming = hasBody;
        await PutAsync(Encoding.Latin1.GetBytes(
            $"ICAP/1.0 200 OK{Crlf}ISTag: {_mark.Tag}{Crlf}Encapsulated: {section}-hdr=0, {(hasBody ? section + "-body" : "null-body")}={http.Length}{Crlf}{Crlf}{http}"), cancel).ConfigureAwait(false);
    }

    /// <summary>Asks for what follows what was shown.</summary>
    private async ValueTask GoOnAsync(CancellationToken cancel)
    {
        _wasAsked = true;
        await PutAsync("ICAP/1.0 100 Continue\r\n\r\n"u8.ToArray(), cancel).ConfigureAwait(false);
    }

    private ValueTask SayAsync(string status, CancellationToken cancel)
    {
        HasStarted = true;
        return PutAsync(Encoding.Latin1.GetBytes($"ICAP/1.0 {status}{Crlf}ISTag: {_mark.Tag}{Crlf}{Crlf}"), cancel);
    }

    private async ValueTask ChunkAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        var output = _connection.Transport.Output;
        output.Write(Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + Crlf));
        output.Write(bytes.Span);
        await PutAsync("\r\n"u8.ToArray(), cancel).ConfigureAwait(false);
    }

    private async ValueTask PutAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var sent = await _connection.Transport.Output.WriteAsync(bytes, cancel).ConfigureAwait(false);
        if (sent.IsCompleted)
        {
            throw new IOException("The client is gone.");
        }
    }
}
