using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Postern.Transports.Http.InProcess;

/// <summary>One request and its response between two parts of one process, with the features that a server gives to each.</summary>
internal sealed class InProcessExchange : IHttpRequestLifetimeFeature, IHttpResponseFeature, IHttpResponseBodyFeature, IHttpResponseTrailersFeature, IHttpRequestBodyDetectionFeature, IDisposable
{
    private readonly HttpRequestMessage _request;
    private readonly CancellationTokenSource _gone = new();
    private readonly CancellationToken _token;
    private readonly TaskCompletionSource<HttpResponseMessage> _head = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(Func<object, Task> Callback, object State)> _starting = [];
    private readonly List<(Func<object, Task> Callback, object State)> _completed = [];
    private readonly InProcessBodyRelease _body;
    private readonly Lock _gate = new();
    private bool _isAborted;
    private bool _isOver;

    /// <summary>Before anybody serves it.</summary>
    /// <param name="request">The request; its target is absolute.</param>
    /// <param name="body">Its content, as it is read.</param>
    public InProcessExchange(HttpRequestMessage request, Stream body)
    {
        (_request, _token) = (request, _gone.Token);
        _body = new InProcessBodyRelease(BeginAsync, Abort);
        var url = request.RequestUri!;
        var asked = new HttpRequestFeature
        {
            Protocol = request.Version.Major == 1 ? "HTTP/1.1" : "HTTP/2",
            Scheme = url.Scheme,
            Method = request.Method.Method,
            Path = url.AbsolutePath,
            QueryString = url.Query,
            RawTarget = url.AbsoluteUri,
            Body = body,
        };
        Copy(request, asked.Headers);
        Features.Set<IHttpRequestFeature>(asked);
        Features.Set<IHttpRequestBodyDetectionFeature>(this);
        Features.Set<IHttpRequestLifetimeFeature>(this);
        Features.Set<IHttpResponseFeature>(this);
        Features.Set<IHttpResponseTrailersFeature>(this);
        Features.Set<IHttpResponseBodyFeature>(this);
    }

    /// <summary>What the server's side sees.</summary>
    public FeatureCollection Features { get; } = new();

    /// <summary>The response, as soon as its head is there.</summary>
    public Task<HttpResponseMessage> Head => _head.Task;

    /// <inheritdoc/>
    public bool CanHaveBody => _request.Content is not null;

    /// <inheritdoc/>
    public CancellationToken RequestAborted
    {
        get => _token;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public int StatusCode { get; set; } = 200;

    /// <inheritdoc/>
    public string? ReasonPhrase { get; set; }

    /// <inheritdoc/>
    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    /// <inheritdoc/>
    public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();

    /// <inheritdoc/>
    public bool HasStarted { get; private set; }

    /// <inheritdoc/>
    Stream IHttpResponseFeature.Body
    {
        get => Stream;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public Stream Stream => field ??= _body.AsStream();

    /// <inheritdoc/>
    public System.IO.Pipelines.PipeWriter Writer => _body;

    /// <inheritdoc/>
    public void OnStarting(Func<object, Task> callback, object state) => _starting.Add((callback, state));

    /// <inheritdoc/>
    public void OnCompleted(Func<object, Task> callback, object state) => _completed.Add((callback, state));

    /// <inheritdoc/>
    public void DisableBuffering()
    {
        // Nothing is kept back.
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken = default) => await _body.FlushAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    /// <inheritdoc/>
    public Task CompleteAsync() => StartAsync();

    /// <summary>Either side gives up: what has not arrived never will, and what has does not look complete.</summary>
    public void Abort()
    {
        _isAborted = true;
        _ = _head.TrySetException(new HttpRequestException("The exchange broke off."));

        lock (_gate)
        {
            // Not here: whoever is told may be the one who calls.
            _ = _isOver ? Task.CompletedTask : _gone.CancelAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
        }

        _gone.Dispose();
    }

    /// <summary>Serves it to its end; <see cref="Head"/> says before what came of it. Never faults.</summary>
    public async Task RunAsync(Func<IFeatureCollection, Task> serve, Task sending)
    {
        Exception? fault = null;
        HttpResponseMessage? response = null;
        try
        {
            await serve(Features).ConfigureAwait(false);
            await StartAsync().ConfigureAwait(false);
            response = await _head.Task.ConfigureAwait(false);
            foreach (var (name, values) in Trailers)
            {
                response.TrailingHeaders.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }
        catch (Exception e)
        {
            // The other side learns that there is no more, and not what is none of its business.
            fault = e;
        }

        if (fault is not null || _isAborted)
        {
            Abort();
            fault = new HttpIOException(HttpRequestError.ResponseEnded, "The exchange broke off.", fault);
        }

        await _body.CompleteAsync(fault).ConfigureAwait(false);
        foreach (var (callback, state) in Enumerable.Reverse(_completed))
        {
            await callback(state).ConfigureAwait(false);
        }

        await _gone.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(false);
        Dispose();
    }

    /// <summary>The head leaves: from here on nothing of it changes.</summary>
    private async ValueTask BeginAsync()
    {
        if (HasStarted)
        {
            return;
        }

        // Registered last, told first, as servers do.
        for (var last = _starting.Count - 1; last >= 0; last--)
        {
            await _starting[last].Callback(_starting[last].State).ConfigureAwait(false);
        }

        HasStarted = true;
        var response = new HttpResponseMessage((HttpStatusCode)StatusCode) { RequestMessage = _request, ReasonPhrase = ReasonPhrase, Content = new StreamContent(_body.Reader) };
        foreach (var (name, values) in Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                response.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        if (!_head.TrySetResult(response))
        {
            throw new IOException("Nobody waits for the response any more.");
        }
    }

    private static void Copy(HttpRequestMessage request, IHeaderDictionary to)
    {
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            to[name] = values.ToArray();
        }

        if (request.Content is null)
        {
            return;
        }

        // A length that the content can compute stands in its headers only after somebody asked.
        _ = request.Content.Headers.ContentLength;
        foreach (var (name, values) in request.Content.Headers.NonValidated)
        {
            to[name] = values.ToArray();
        }
    }
}
