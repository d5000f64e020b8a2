using System.Globalization;

namespace Postern.Transports.Icap;

/// <summary>Where the sections of the encapsulated message begin (RFC 3507 §4.4.1), as offsets from the end of the ICAP head.</summary>
/// <param name="ResponseAt">Where the response's head begins, which is where the request's ends; -1 without one.</param>
/// <param name="BodyAt">Where the heads end.</param>
/// <param name="HasBody">A body follows the heads.</param>
internal readonly record struct IcapSections(int ResponseAt, int BodyAt, bool HasBody)
{
    private const int MaxSections = 3;

    /// <summary>Reads the header field. Every section begins where the one before it ends, in the one order that there is.</summary>
    /// <param name="field">The field; empty for none.</param>
    /// <param name="method">What is asked for.</param>
    /// <param name="sections">The sections.</param>
    public static IcapFault Read(string field, IcapMethod method, out IcapSections sections)
    {
        sections = new IcapSections(-1, 0, HasBody: false);
        if (method == IcapMethod.Options)
        {
            return field is "" or "null-body=0" ? IcapFault.None : IcapFault.BadComposition;
        }

        var offsets = new List<int>(MaxSections);
        var names = new List<string>(MaxSections);
        foreach (var section in field.Split(',', StringSplitOptions.TrimEntries))
        {
            var at = section.IndexOf('=', StringComparison.Ordinal);
            if (at < 0 || names.Count == MaxSections || !int.TryParse(section.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
                || (offsets.Count == 0 ? offset != 0 : offset <= offsets[^1]))
            {
                return IcapFault.BadRequest;
            }

            names.Add(section[..at]);
            offsets.Add(offset);
        }

        sections = new IcapSections(names.Count == MaxSections ? offsets[1] : -1, offsets[^1], names[^1] != "null-body");
        return (method, string.Join(' ', names)) switch
        {
            (IcapMethod.RequestModification, "req-hdr req-body" or "req-hdr null-body") => IcapFault.None,
            (IcapMethod.ResponseModification, "req-hdr res-hdr res-body" or "req-hdr res-hdr null-body") => IcapFault.None,
            _ => IcapFault.BadComposition,
        };
    }
}
