using System.Globalization;

namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>The inside of <c>${…}</c>: values, defaults, substrings, replacements, indirection, case.</summary>
internal static class ParameterExpansion
{
    /// <summary>The value, or null when it is only known at run time.</summary>
    public static string? Value(string inner, ShellVariables variables)
    {
        if (inner.StartsWith('!'))
        {
            return variables[inner[1..]] is { } target ? variables[target] : null;
        }

        if (inner.StartsWith('#'))
        {
            return variables[inner[1..]]?.Length.ToString(CultureInfo.InvariantCulture);
        }

        var end = 0;
        while (end < inner.Length && (char.IsAsciiLetterOrDigit(inner[end]) || inner[end] == '_'))
        {
            end++;
        }

        var (name, rest) = (inner[..end], inner[end..]);
        var value = variables[name];
        if (name.Length > 0 && char.IsAsciiDigit(name[0]))
        {
            value = "";
        }

        return rest.Length == 0 ? value : Changed(name, value, rest, variables);
    }

    private static string? Changed(string name, string? value, string rest, ShellVariables variables)
    {
        var word = rest.Length > 1 ? rest[(rest[0] == ':' ? 2 : 1)..] : "";
        switch (rest.Length > 1 && rest[0] == ':' ? rest[1] : rest[0])
        {
            case '-':
                return string.IsNullOrEmpty(value) ? word : value;
            case '=':
                variables.Set(name, string.IsNullOrEmpty(value) ? word : value);
                return variables[name];
            case '+':
                return string.IsNullOrEmpty(value) ? "" : word;
            case '/':
                return value is null ? null : Replaced(value, rest);
            case '#':
                return value is null ? null : value.StartsWith(word.Trim('#', '*'), StringComparison.Ordinal) ? value[word.Trim('#', '*').Length..] : value;
            case '%':
                return value is null ? null : value.EndsWith(word.Trim('%', '*'), StringComparison.Ordinal) ? value[..^word.Trim('%', '*').Length] : value;
            case ',':
                return value?.ToLowerInvariant();
            case '^':
                return value?.ToUpperInvariant();
            default:
                return rest[0] == ':' && value is not null ? Substring(value, rest[1..]) : value;
        }
    }

    private static string Replaced(string value, string rest)
    {
        var parts = rest.TrimStart('/').Split('/', 2);
        return parts[0].Length == 0 ? value : value.Replace(parts[0], parts.Length > 1 ? parts[1] : "", StringComparison.Ordinal);
    }

    private static string? Substring(string value, string bounds)
    {
        var parts = bounds.Split(':', 2);
        if (!TryNumber(parts[0], out var start))
        {
            return null;
        }

        start = start < 0 ? Math.Max(0, value.Length + start) : Math.Min(start, value.Length);
        if (parts.Length == 1)
        {
            return value[start..];
        }

        if (!TryNumber(parts[1], out var length))
        {
            return null;
        }

        var end = length < 0 ? value.Length + length : Math.Min(value.Length, start + length);
        return end <= start ? "" : value[start..end];
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text.Trim(' ', '(', ')'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
