using System.Buffers;

namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Reads one word: quotes, escapes, expansions, substitutions.</summary>
internal sealed class WordReader(ShellCursor cursor, ShellScript script, ShellReader shell)
{
    private const string Ends = " \t\r\n;&|<>()";

    private static readonly SearchValues<char> s_special = SearchValues.Create(Ends + "\\'\"`$");

    /// <summary>Reads up to the end of the word into <paramref name="word"/>; does not end it.</summary>
    public void Read(WordText word)
    {
        while (!cursor.IsAtEnd && !IsEnd())
        {
            var rest = cursor.Text.AsSpan(cursor.At);
            var plain = rest.IndexOfAny(s_special);
            plain = plain < 0 ? rest.Length : plain;
            if (plain > 0)
            {
                word.Plain(rest[..plain]);
                cursor.At += plain;
            }
            else
            {
                Piece(word);
            }
        }
    }

    private bool IsEnd() =>
        Ends.Contains(cursor.Current, StringComparison.Ordinal)
        && !(cursor.Current is '<' or '>' && cursor.Peek(1) == '(');

    private void Piece(WordText word)
    {
        var c = cursor.Current;
        switch (c)
        {
            case '\\':
                cursor.At++;
                Escaped(word);
                break;
            case '\'':
                cursor.At++;
                word.Quoted(cursor.TakeThrough('\''));
                break;
            case '"':
                cursor.At++;
                DoubleQuoted(word);
                break;
            case '`':
                cursor.At++;
                Put(word, Substitution(cursor.TakeThrough('`').Replace("\\`", "`", StringComparison.Ordinal)), "`", quoted: false);
                break;
            case '$':
                Dollar(word, quoted: false);
                break;
            case '<' or '>':
                cursor.At += 2;
                Substitution(cursor.TakeNested('(', ')'));
                word.Quoted("/dev/fd/63");
                break;
            default:
                word.Plain(cursor.Text.AsSpan(cursor.At++, 1));
                break;
        }
    }

    private void Escaped(WordText word)
    {
        if (!cursor.Take('\n') && !cursor.IsAtEnd)
        {
            word.Quoted(cursor.Text.AsSpan(cursor.At++, 1));
        }
    }

    private void DoubleQuoted(WordText word)
    {
        word.Quoted("");
        while (!cursor.IsAtEnd && !cursor.Take('"'))
        {
            var c = cursor.Current;
            if (c == '\\' && "\"\\$`\n".Contains(cursor.Peek(1), StringComparison.Ordinal))
            {
                cursor.At++;
                Escaped(word);
            }
            else if (c == '`')
            {
                cursor.At++;
                Put(word, Substitution(cursor.TakeThrough('`')), "`", quoted: true);
            }
            else if (c == '$')
            {
                Dollar(word, quoted: true);
            }
            else
            {
                word.Quoted(cursor.Text.AsSpan(cursor.At++, 1));
            }
        }
    }

    private void Dollar(WordText word, bool quoted)
    {
        cursor.At++;
        var c = cursor.Current;
        if (c == '\'' && !quoted)
        {
            cursor.At++;
            word.Quoted(AnsiEscapes.Decode(AnsiText()));
        }
        else if (c == '"' && !quoted)
        {
            // A text for translation is a text in double quotes.
        }
        else if (c == '(' && cursor.Peek(1) == '(')
        {
            cursor.At += 2;
            cursor.TakeNested('(', ')');
            cursor.Take(')');
            Put(word, null, "$((", quoted);
        }
        else if (c == '(')
        {
            cursor.At++;
            Put(word, Substitution(cursor.TakeNested('(', ')')), "$(", quoted);
        }
        else if (c == '{')
        {
            cursor.At++;
            var inner = cursor.TakeNested('{', '}');
            Put(word, ParameterExpansion.Value(inner, script.Variables), "$" + inner, quoted);
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            var name = Name();
            Put(word, script.Variables[name], "$" + name, quoted);
        }
        else if (c is '@' or '*' || char.IsAsciiDigit(c))
        {
            Positional(word, c);
        }
        else if (c is '?' or '#' or '!' or '-' or '$')
        {
            cursor.At++;
            Put(word, null, "$" + c, quoted);
        }
        else
        {
            word.Plain("$");
        }
    }

    /// <summary>Inside a word a parameter of a text that was given none is nothing; a word of its own is what <c>set</c> made of it.</summary>
    private void Positional(WordText word, char c)
    {
        cursor.At++;
        if (word.IsEmptyText && (cursor.Current is '"' || cursor.IsAtEnd || IsEnd()))
        {
            word.Unknown("$" + c);
        }
    }

    private static void Put(WordText word, string? value, string name, bool quoted)
    {
        if (value is null)
        {
            word.Unknown(name);
        }
        else if (quoted)
        {
            word.Quoted(value);
        }
        else
        {
            word.Value(value);
        }
    }

    private string AnsiText()
    {
        var start = cursor.At;
        while (!cursor.IsAtEnd && cursor.Current != '\'')
        {
            cursor.At += cursor.Current == '\\' ? 2 : 1;
        }

        cursor.At = Math.Min(cursor.At, cursor.Text.Length);
        var text = cursor.Text[start..cursor.At];
        cursor.Take('\'');
        return text;
    }

    private string Name()
    {
        var start = cursor.At;
        while (char.IsAsciiLetterOrDigit(cursor.Current) || cursor.Current == '_')
        {
            cursor.At++;
        }

        return cursor.Text[start..cursor.At];
    }

    private string? Substitution(string inner) => shell.Inner(inner);
}
