using System.Globalization;

namespace Postern.Transports.Icap;

/// <summary>One request of an ICAP client, up to where the encapsulated body begins.</summary>
/// <param name="Method">What is asked for.</param>
/// <param name="Head">The ICAP head.</param>
/// <param name="Sections">What is encapsulated.</param>
internal sealed record IcapRequest(IcapMethod Method, HeadText Head, IcapSections Sections)
{
    /// <summary>More than any proxy shows ahead; it is kept whole.</summary>
    public const int MaxPreviewBytes = 64 * 1024;

    /// <summary>The head of the encapsulated request; null only for OPTIONS.</summary>
    public HeadText? Asked { get; init; }

    /// <summary>The head of the encapsulated response; null where there is none.</summary>
    public HeadText? Answered { get; init; }

    /// <summary>Bytes of the body that are shown ahead; -1 when it comes without asking.</summary>
    public int PreviewBytes { get; private init; } = -1;

    /// <summary>How long the message says that its body is; -1 when it does not say, or says it in no number, which its head is told for.</summary>
    public long LengthBytes => long.TryParse((Answered ?? Asked)?.ValueOf("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : -1;

    /// <summary>True when the client kept the message and takes 204 for an answer (RFC 3507 §4.6).</summary>
    public bool TakesUnmodified => Head.ValueOf("Allow").Split(',', StringSplitOptions.TrimEntries).Contains("204", StringComparer.Ordinal);

    /// <summary>True when the connection ends with this request.</summary>
    public bool IsLast => Head.ValueOf("Connection").Contains("close", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the head.</summary>
    public static IcapFault Read(HeadText head, out IcapRequest? request)
    {
        request = null;
        if (head.Third != "ICAP/1.0")
        {
            return head.Third.StartsWith("ICAP/", StringComparison.Ordinal) ? IcapFault.UnknownVersion : IcapFault.BadRequest;
        }

        IcapMethod? method = head.First switch
        {
            "OPTIONS" => IcapMethod.Options,
            "REQMOD" => IcapMethod.RequestModification,
            "RESPMOD" => IcapMethod.ResponseModification,
            _ => null,
        };
        if (method is null)
        {
            return IcapFault.UnknownMethod;
        }

        if (ServiceOf(head.Second) is not { } service)
        {
            return IcapFault.UnknownService;
        }

        if (method != IcapMethod.Options && method != service)
        {
            return IcapFault.WrongService;
        }

        if (IcapSections.Read(head.ValueOf("Encapsulated"), method.Value, out var sections) is var fault and not IcapFault.None)
        {
            return fault;
        }

        var preview = head.ValueOf("Preview");
        var bytes = -1;
        if (preview.Length > 0 && !(int.TryParse(preview, NumberStyles.None, CultureInfo.InvariantCulture, out bytes) && bytes <= MaxPreviewBytes))
        {
            return IcapFault.BadRequest;
        }

        request = new IcapRequest(method.Value, head, sections) { PreviewBytes = sections.HasBody ? bytes : -1 };
        return IcapFault.None;
    }

    /// <summary>The method of the service that a URI names; null for none.</summary>
    public static IcapMethod? ServiceOf(string uri)
    {
        var start = uri.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? uri.IndexOf('/', scheme + 3) : 0;
        var path = start < 0 ? string.Empty : uri[start..];
        return path.Split('?')[0] switch
        {
            "/reqmod" => IcapMethod.RequestModification,
            "/respmod" => IcapMethod.ResponseModification,
            _ => null,
        };
    }
}
