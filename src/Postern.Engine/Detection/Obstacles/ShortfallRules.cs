using Postern.Engine.Views;

namespace Postern.Engine.Detection.Obstacles;

/// <summary>The rule behind each <see cref="Shortfall"/> of the view builder.</summary>
internal static class ShortfallRules
{
    private static readonly Rule s_tooDeep = Of("uninspectable.too-deep", "Content nested too deep", "Nest less; limits.max_view_depth and limits.max_json_depth say how deep is read.");
    private static readonly Rule s_tooBig = Of("uninspectable.too-big", "Content that decodes to too much", "Send less encoded content in one message.");
    private static readonly Rule s_json = Of("uninspectable.malformed-json", "Body that says JSON and is not", "Send valid JSON, or a Content-Type that fits.");
    private static readonly Rule s_duplicate = Of("uninspectable.duplicate-key", "JSON object with a key twice", "Send each key once; readers disagree on which of two values counts.");
    private static readonly Rule s_form = Of("uninspectable.malformed-form", "Form body that cannot be read", "Send valid application/x-www-form-urlencoded.");
    private static readonly Rule s_multipart = Of("uninspectable.malformed-multipart", "Multipart body that cannot be split", "Send a boundary, well-formed part headers and at most the bounded number of parts.");
    private static readonly Rule s_utf8 = Of("uninspectable.invalid-utf8", "Text that is not UTF-8", "Send UTF-8.");

    private static readonly Rule s_charset = Of("uninspectable.charset", "Text in an unknown coding of characters", "Send UTF-8, or say the coding that it is.");

    /// <summary>More findings than are kept: what was not kept could have been the one that refuses.</summary>
    public static Rule TooManyFindings { get; } = Of("uninspectable.too-many-findings", "More findings than one message may have", "Send less of what looks like credentials or instructions in one message.");

    /// <summary>All of them.</summary>
    public static IEnumerable<Rule> All => [TooManyFindings, s_tooDeep, s_tooBig, s_json, s_duplicate, s_form, s_multipart, s_utf8, s_charset];

    /// <summary>The rule for a shortfall.</summary>
    public static Rule For(Shortfall shortfall) => shortfall switch
    {
        Shortfall.TooDeep => s_tooDeep,
        Shortfall.TooBig => s_tooBig,
        Shortfall.MalformedJson => s_json,
        Shortfall.DuplicateKey => s_duplicate,
        Shortfall.MalformedForm => s_form,
        Shortfall.MalformedMultipart => s_multipart,
        Shortfall.InvalidUtf8 => s_utf8,
        Shortfall.UnknownCharset => s_charset,
        _ => throw new ArgumentOutOfRangeException(nameof(shortfall), shortfall, null),
    };

    private static Rule Of(string id, string title, string remedy) =>
        new(id, title, RuleCategory.Uninspectable, Severity.High, Confidence.Certain, remedy);
}
