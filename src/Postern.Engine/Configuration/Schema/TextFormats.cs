using System.Text.RegularExpressions;
using Postern.Engine.Agents;
using Postern.Engine.Monitoring.Tools.Chains;

namespace Postern.Engine.Configuration.Schema;

/// <summary>The remaining formats of texts.</summary>
internal static class TextFormats
{
    private const int MaxRegexCharacters = 4096;

    /// <summary>A line for people.</summary>
    public static readonly TextFormat Line = new("text", "a few words", static text => CheckLine(text, 512));

    /// <summary>A path of the file system; relative ones start at the configuration file.</summary>
    public static readonly TextFormat Path = new("file path", "/etc/postern/file", static text => CheckLine(text, 4096));

    /// <summary>A directory or file by its whole path; <c>~/</c> stands for the user's home.</summary>
    public static readonly TextFormat Grant = new("directory or file", "~/.cache/pip", static text =>
        text.StartsWith('/') || text.StartsWith("~/", StringComparison.Ordinal) ? CheckLine(text, 4096) : TextCheck.Refuse("expected a whole path, from / or ~/"));

    /// <summary>The name of a variable of the environment.</summary>
    public static readonly TextFormat Variable = new("variable", "NPM_TOKEN", static text =>
        text.Length is > 0 and <= 128 && !char.IsAsciiDigit(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? TextCheck.Ok(text)
            : TextCheck.Refuse("expected the name of a variable, without a value: letters, digits and underscores"));

    /// <summary>The name of a file or folder; <c>*</c> stands for any run of characters.</summary>
    public static readonly TextFormat NameGlob = new("name with wildcards", "node_modules", static text =>
        text.Contains('/', StringComparison.Ordinal) ? TextCheck.Refuse("expected one name, without a slash") : CheckLine(text, 255));

    /// <summary>Where a suppressed finding may be: a host, a URL or a place as findings print it.</summary>
    public static readonly TextFormat Place = new("host, URL or place", "https://docs.example.com/*", static text => CheckLine(text, 2048));

    /// <summary>The name of an HTTP field (RFC 9110 section 5.1), in lower case.</summary>
    public static readonly TextFormat HeaderName = new("header name", "x-api-key", CheckHeaderName);

    /// <summary>The value of a User-Agent field.</summary>
    public static readonly TextFormat HeaderValue = new("header value", "Example/1.0", static text =>
        text.Length is > 0 and <= 256 && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? TextCheck.Ok(text)
            : TextCheck.Refuse("a header value here has 1 to 256 printable ASCII characters"));

    /// <summary>The name of a program as syslog knows it (RFC 5424 section 6: APP-NAME).</summary>
    public static readonly TextFormat SyslogName = new("program name", "postern", static text =>
        text.Length is > 0 and <= 48 && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? TextCheck.Ok(text)
            : TextCheck.Refuse("a program name here has 1 to 48 printable ASCII characters without spaces"));

    /// <summary>The id of a rule, or its beginning with a final <c>*</c>.</summary>
    public static readonly TextFormat Rule = new("rule id", "secret.example.*", CheckRule)
    {
        Covers = static (wide, narrow) => wide.EndsWith('*') ? narrow.StartsWith(wide[..^1], StringComparison.Ordinal) : wide == narrow,
    };

    /// <summary>The name of a tool; <c>*</c> stands for any run of characters.</summary>
    public static readonly TextFormat Tool = new("tool name", "crm_get_*", static text => CheckLine(text, 128));

    /// <summary>A path as tools are given it; <c>*</c> stands for any run of characters.</summary>
    public static readonly TextFormat PathGlob = new("path with wildcards", "*/auth/*", static text => CheckLine(text, 512));

    /// <summary>What an agent is called, in evidence and in paths of the control API.</summary>
    public static readonly TextFormat AgentName = new("name", "builder", static text =>
        text.Length is > 0 and <= 64 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') && !AgentIdentity.IsReserved(text)
            ? TextCheck.Ok(text)
            : TextCheck.Refuse("expected 1 to 64 letters, digits, dots, underscores and hyphens; local and client are taken"));

    /// <summary>A category of calls.</summary>
    public static readonly TextFormat CallCategory = new("category of calls", "read", static text =>
        CallWords.Category(text) != CallKinds.None ? TextCheck.Ok(text) : TextCheck.Refuse($"expected one of: {string.Join(", ", CallWords.Categories.Select(static c => c.Name))}"));

    /// <summary>Categories of calls in their order.</summary>
    public static readonly TextFormat CallSequence = new("sequence of calls", "read > send", static text =>
        text.Split('>', StringSplitOptions.TrimEntries) is { Length: >= 2 and <= ChainMatcher.MaxSteps } steps && Array.TrueForAll(steps, static step => CallWords.Category(step) != CallKinds.None)
            ? TextCheck.Ok(string.Join(" > ", steps))
            : TextCheck.Refuse($"expected 2 to {ChainMatcher.MaxSteps} categories with '>' between, such as read > send"));

    /// <summary>A day of the calendar.</summary>
    public static readonly TextFormat Date = new("date", "2027-03-31", static text =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", out _) ? TextCheck.Ok(text) : TextCheck.Refuse("expected a day as year-month-day, such as 2027-03-31"));

    /// <summary>The class of a placeholder, or its beginning up to a hyphen.</summary>
    public static readonly TextFormat ValueClass = new("class of secrets", "aws-access-key", static text =>
        text.Length is > 0 and <= 128 && HostFormats.ConsistsOf(text, "-_") ? TextCheck.Ok(text) : TextCheck.Refuse("a class has lower-case letters, digits and hyphens"));

    /// <summary>An Ed25519 public key.</summary>
    public static readonly TextFormat PublicKey = new("public key", new string('0', 64), static text =>
        text.Length == 64 && text.All(char.IsAsciiHexDigit) ? TextCheck.Ok(text.ToLowerInvariant()) : TextCheck.Refuse("expected a public key of 64 hexadecimal digits"));

    /// <summary>A rule bundle in one version.</summary>
    public static readonly TextFormat BundlePin = new("bundle", "acme-rules@1.2.0", static text =>
        text.Split('@') is [var name, var version] && Detection.Rules.Bundles.BundleHead.IsName(name) && Version.TryParse(version, out var read) && read.ToString() == version
            ? TextCheck.Ok(text)
            : TextCheck.Refuse("expected name@version, as 'postern rules install' prints it"));

    /// <summary>A regular expression that runs in linear time.</summary>
    public static readonly TextFormat Regex = new("regular expression", "acme-[0-9a-f]{32}", CheckRegex);

    private static TextCheck CheckLine(string text, int maxCharacters) =>
        text.Length == 0 || text.Length > maxCharacters ? TextCheck.Refuse($"expected 1 to {maxCharacters} characters")
        : text.Any(char.IsControl) ? TextCheck.Refuse("control characters and line breaks are not accepted here")
        : TextCheck.Ok(text);

    private static TextCheck CheckHeaderName(string text)
    {
        var name = text.ToLowerInvariant();
        return name.Length is > 0 and <= 256 && HostFormats.ConsistsOf(name, "!#$%&'*+-.^_`|~")
            ? TextCheck.Ok(name)
            : TextCheck.Refuse("not a header name");
    }

    private static TextCheck CheckRule(string text)
    {
        var prefix = text.EndsWith('*') ? text[..^1] : text;
        return prefix.Length is > 1 and <= 128 && HostFormats.ConsistsOf(prefix, ".-_")
            ? TextCheck.Ok(text)
            : TextCheck.Refuse("expected the id of a rule, or the beginning of ids with a final '*'; 'postern rules list' shows them");
    }

    /// <summary>Compiles it the way it will run: no backtracking, so no input can make it slow.</summary>
    private static TextCheck CheckRegex(string text)
    {
        if (text.Length is 0 or > MaxRegexCharacters)
        {
            return TextCheck.Refuse($"a regular expression has 1 to {MaxRegexCharacters} characters");
        }

        try
        {
            var regex = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return regex.IsMatch("") ? TextCheck.Refuse("it matches the empty text, and so everything") : TextCheck.Ok(text);
        }
        catch (RegexParseException broken)
        {
            return TextCheck.Refuse($"not a regular expression: {broken.Error} at character {broken.Offset}");
        }
        catch (NotSupportedException)
        {
            return TextCheck.Refuse("cannot run in linear time: look-around, back references, atomic groups and very large repeats are not available");
        }
    }
}
