using System.Globalization;
using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Flow;

namespace Postern.Engine.Inspection;

/// <summary>What a person sees of a message: its URL and body around what decided, without the secrets that were found, in characters that do nothing.</summary>
internal static class Excerpt
{
    /// <summary>Bytes of a part that are shown.</summary>
    private const int MaxBytes = 4096;

    /// <summary>The text to show.</summary>
    public static string Of(Message message, IReadOnlyList<Finding> findings, Finding decisive)
    {
        var hidden = findings.Where(static finding => finding.Rule.Category == RuleCategory.Secret && finding.Acceptance != Acceptance.Edited).ToList();
        if (hidden.Exists(static finding => finding.Start < 0))
        {
            return "(not shown: it holds a secret whose exact place is not known)";
        }

        var text = new StringBuilder();
        foreach (ref readonly var part in message.Parts)
        {
            if (part.Kind is PartKind.Method or PartKind.Url or PartKind.Text or PartKind.Body && part.Length > 0)
            {
                Append(text, message, (part.Start, part.Start + part.Length), hidden, decisive);
                text.Append(part.Kind == PartKind.Method ? ' ' : '\n');
            }
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>The text with everything a terminal or a reader's eye would obey written out, cut to a length.</summary>
    public static string Disarm(string text, int maxCharacters)
    {
        var plain = new StringBuilder(Math.Min(text.Length, maxCharacters));
        foreach (var rune in text.EnumerateRunes())
        {
            if (plain.Length >= maxCharacters)
            {
                return plain.Append('…').ToString();
            }

            var isObeyed = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            if (isObeyed && rune.Value is not ('\n' or '\t'))
            {
                plain.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
            else
            {
                plain.Append(rune);
            }
        }

        return plain.ToString();
    }

    private static void Append(StringBuilder text, Message message, (int Start, int End) part, List<Finding> hidden, Finding decisive)
    {
        // A window around what decided; its edges may cut a character, which then shows as a replacement, never a secret, which is left out whole.
        var isHere = decisive.Start >= part.Start && decisive.Start < part.End;
        var from = Math.Max(part.Start, Math.Min(isHere ? decisive.Start - (MaxBytes / 2) : part.Start, part.End - MaxBytes));
        var to = Math.Min(part.End, from + MaxBytes);
        Left(text, from - part.Start, "before");
        for (var at = from; at < to;)
        {
            var secret = hidden.Where(finding => finding.Start + finding.Length > at && finding.Start < to).MinBy(static finding => finding.Start);
            var end = secret is null ? to : Math.Max(at, secret.Start);
            text.Append(Disarm(Encoding.UTF8.GetString(message.Bytes[at..end]), int.MaxValue));
            if (secret is null)
            {
                break;
            }

            text.Append('[').Append(secret.Rule.Id).Append(']');
            at = secret.Start + secret.Length;
        }

        Left(text, part.End - to, "after");
    }

    private static void Left(StringBuilder text, int bytes, string where)
    {
        if (bytes > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{bytes} bytes {where}]");
        }
    }
}
