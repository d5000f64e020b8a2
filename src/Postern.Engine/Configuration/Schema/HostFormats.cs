namespace Postern.Engine.Configuration.Schema;

/// <summary>Entries of lists of destinations.</summary>
internal static class HostFormats
{
    /// <summary>A name, or <c>*.name</c> for the name and everything below it. Never an address.</summary>
    public static readonly TextFormat Domain = new("domain", "*.example.com", static text => CheckDomain(Clean(text))) { Covers = CoversHost };

    /// <summary>A <see cref="Domain"/> or an IP literal, which matches only itself.</summary>
    public static readonly TextFormat Host = new("domain or IP address", "*.example.com", CheckHost) { Covers = CoversHost };

    /// <summary>Lower case, without outer blanks and without the dot of the root, which names the same host.</summary>
    private static string Clean(string text)
    {
        var name = text.Trim().ToLowerInvariant();
        return name.EndsWith('.') ? name[..^1] : name;
    }

    private static TextCheck CheckHost(string text)
    {
        var name = Clean(text);
        return IpText.TryParse(name.Trim('[', ']'), out var address) ? TextCheck.Ok(address.ToString()) : CheckDomain(name);
    }

    private static TextCheck CheckDomain(string name)
    {
        if (name.Length is 0 or > 253)
        {
            return TextCheck.Refuse("a domain has 1 to 253 characters");
        }

        if (name.AsSpan().IndexOfAny('/', ':', '@') >= 0)
        {
            return TextCheck.Refuse("write only the domain: no scheme, port or path");
        }

        var isWildcard = name.StartsWith("*.", StringComparison.Ordinal);
        var labels = (isWildcard ? name[2..] : name).Split('.');
        if (name == "*" || (isWildcard && labels.Length < 2))
        {
            return TextCheck.Refuse("the wildcard is too wide: at least two labels must follow '*.'");
        }

        foreach (var label in labels)
        {
            if (FaultOf(label) is { } fault)
            {
                return TextCheck.Refuse(fault);
            }
        }

        return IsNumeric(labels[^1])
            ? TextCheck.Refuse("this is not a domain; an IP address is written in full, with four decimal numbers, where addresses are accepted")
            : TextCheck.Ok(name);
    }

    private static string? FaultOf(string label) =>
        label.Length is 0 or > 63 ? "each label between the dots has 1 to 63 characters"
        : label.Contains('*', StringComparison.Ordinal) ? "a wildcard may only be the first label, as in *.example.com"
        : !ConsistsOf(label, "-_") ? "a domain has letters, digits, hyphens and dots; write an international name in its xn-- form"
        : label.StartsWith('-') || label.EndsWith('-') ? "a label neither begins nor ends with a hyphen"
        : null;

    /// <summary>Lower-case letters, digits and a few more. A plain loop: the vector code of the framework's searches is compiled at every start.</summary>
    public static bool ConsistsOf(string text, string others)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && !others.Contains(character))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A last label that a URL parser would take for a number makes the host an address.</summary>
    private static bool IsNumeric(string label) =>
        !label.AsSpan().ContainsAnyExceptInRange('0', '9')
        || (label.StartsWith("0x", StringComparison.Ordinal) && label.Skip(2).All(char.IsAsciiHexDigitLower));

    private static bool CoversHost(string wide, string narrow)
    {
        if (wide == narrow || !wide.StartsWith("*.", StringComparison.Ordinal))
        {
            return wide == narrow;
        }

        var apex = wide.AsSpan(2);
        var inner = narrow.StartsWith("*.", StringComparison.Ordinal) ? narrow.AsSpan(2) : narrow;
        return inner.SequenceEqual(apex) || (inner.EndsWith(apex) && inner[inner.Length - apex.Length - 1] == '.');
    }
}
