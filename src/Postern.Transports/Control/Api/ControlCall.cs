using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Postern.Transports.Control.Api;

/// <summary>One request to the control port.</summary>
/// <param name="Features">The request and where its answer goes.</param>
/// <param name="Path">What follows <c>/api/v1/</c>.</param>
/// <param name="Caller">Who asks, as evidence names them; empty where no token is asked for.</param>
/// <param name="Body">The body; empty for a GET.</param>
internal sealed record ControlCall(IFeatureCollection Features, string Path, string Caller, ReadOnlyMemory<byte> Body)
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary>The request.</summary>
    public IHttpRequestFeature Request { get; } = Features.GetRequiredFeature<IHttpRequestFeature>();

    /// <summary>True for a request that changes something.</summary>
    public bool IsPost => Request.Method == "POST";

    /// <summary>The body's members; null unless it is one object with no other members than <paramref name="known"/>.</summary>
    public JsonElement? Members(params ReadOnlySpan<string> known)
    {
        try
        {
            using var document = JsonDocument.Parse(Body, s_strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!known.Contains(member.Name))
                {
                    return null;
                }
            }

            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
