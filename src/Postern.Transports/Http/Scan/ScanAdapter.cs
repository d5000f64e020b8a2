using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;

namespace Postern.Transports.Http.Scan;

/// <summary>
/// Serves <c>POST /api/v1/scan</c>: who asks, how often, what, and then the same checkpoint that traffic passes. Nothing that goes
/// wrong on the way is answered with allow.
/// </summary>
internal sealed class ScanAdapter(ScanParts parts, Func<ScanSettings> settings)
{
    private const string Path = "/api/v1/scan";

    /// <summary>Serves one request to its end. Nothing escapes: what goes wrong here closes the connection.</summary>
    public Task ServeAsync(IFeatureCollection features) => Serving.RunAsync(features, AnswerAsync);

    private async Task AnswerAsync(IFeatureCollection features, CancellationToken gone)
    {
        var current = settings();
        var reply = await AnswerAsync(features.GetRequiredFeature<IHttpRequestFeature>(), current, gone).ConfigureAwait(false);
        using var write = Deadline(current.Section.Timeouts.WriteSeconds, gone);
        await new ClientRelease(features).ReplyAsync(reply, write.Token).ConfigureAwait(false);
    }

    private async ValueTask<Reply> AnswerAsync(IHttpRequestFeature request, ScanSettings current, CancellationToken gone)
    {
        if (Refusal(request) is { } fault)
        {
            return ScanAnswer.Of(fault);
        }

        var authorization = request.Headers.Authorization;
        if (authorization.Count != 1 || current.Callers.Find(authorization[0] ?? string.Empty) is not { } caller)
        {
            return ScanAnswer.Of(ScanFault.Unauthorized);
        }

        if (!caller.Rate.TryTake(out var retryAfterSeconds))
        {
            return ScanAnswer.Limited(retryAfterSeconds);
        }

        using var body = new ScanBody();
        var unread = IsJson(request) ? await ReadAsync(request, body, current, gone).ConfigureAwait(false) : ScanFault.UnsupportedType;
        return unread is null ? await ScanAsync(body, caller, current, gone).ConfigureAwait(false) : ScanAnswer.Of(unread);
    }

    private static ScanFault? Refusal(IHttpRequestFeature request) =>
        request.Path != Path ? ScanFault.NotFound
        : request.Method != "POST" ? ScanFault.MethodNotAllowed
        : null;

    private async ValueTask<ScanFault?> ReadAsync(IHttpRequestFeature request, ScanBody body, ScanSettings current, CancellationToken gone)
    {
        using var read = Deadline(current.Section.Timeouts.ReadSeconds, gone);
        try
        {
            return await body.ReadAsync(request, (int)current.Section.MaxBodyBytes, read.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            return ScanFault.ReadTimeout;
        }
    }

    private async ValueTask<Reply> ScanAsync(ScanBody body, BearerCaller caller, ScanSettings current, CancellationToken gone)
    {
        var started = parts.Time.GetTimestamp();
        var request = new ScanRequest();
        var fault = ScanRequestReader.Read(body.Bytes, request);
        if (fault is null && !ScanKinds.IsOn(request.Kind, current.Section.Kinds))
        {
            fault = ScanFault.KindDisabled;
        }

        Message? message = null;
        fault ??= ScanMessage.Make(body.Bytes, request, current.Section.FieldLimits, out message);
        if (message is null)
        {
            return ScanAnswer.Of(fault ?? ScanFault.InvalidJson);
        }

        using (message)
        {
            var exchange = new Exchange(caller.Actor, "scan", parts.Policies.Current);
            using var deadline = Deadline(current.Section.Timeouts.ScanSeconds, gone);
            var ruling = await parts.Inspector.InspectAsync(exchange, message, deadline.Token).ConfigureAwait(false);
            var scanId = "scan-" + exchange.Id.ToString("x16", CultureInfo.InvariantCulture);
            return ScanAnswer.Of(request, ruling, new ScanRun(scanId, parts.Time.GetElapsedTime(started), parts.EngineVersion));
        }
    }

    /// <summary>No type is as good as the right one: what is read is JSON or refused.</summary>
    private static bool IsJson(IHttpRequestFeature request)
    {
        var type = request.Headers.ContentType.ToString();
        var charset = type.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        return ContentCoding.IsIdentity(request.Headers.ContentEncoding)
            && (type.Length == 0 || MediaTypes.TypeOf(type).Equals("application/json", StringComparison.OrdinalIgnoreCase))
            && (charset < 0 || type.AsSpan(charset + "charset=".Length).Trim("\" ").StartsWith("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    private ScanDeadline Deadline(int seconds, CancellationToken gone) => new(TimeSpan.FromSeconds(seconds), parts.Time, gone);
}
