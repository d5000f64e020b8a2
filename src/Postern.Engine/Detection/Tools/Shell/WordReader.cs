using System.Buffers;

namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Reads one word: quotes, escapes, expansions, substitutions.</summary>
internal sealed class WordReader(ShellCursor cursor, ShellScript script, ShellReader shell)
{
    private readonly ParameterReader _parameters = new(cursor, script, shell);

    private const string Ends = " \t\r\n;&|<>()";

    private static readonly SearchValues<char> s_special = SearchValues.Create(Ends + "\\'\"`$");

    /// <summary>Reads up to the end of the word into <paramref name="word"/>; does not end it.</summary>
    public void Read(WordText word)
    {
        while (!cursor.IsAtEnd && !IsEnd(cursor))
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

    /// <summary>Reads all there is as one word: the inside of <c>${…}</c>, where blanks and semicolons are letters.</summary>
    public void ReadWhole(WordText word)
    {
        while (!cursor.IsAtEnd)
        {
            Read(word);
            word.Quoted(cursor.IsAtEnd ? "" : cursor.Text.AsSpan(cursor.At++, 1));
        }
    }

    /// <summary>Reads all there is as the body of a here-document: expansions, but no quotes.</summary>
    public void ReadBody(WordText word) => Expanding(word, isQuote: false);

    /// <summary>Whether a word ends here.</summary>
    public static bool IsEnd(ShellCursor cursor) =>
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
                Expanding(word, isQuote: true);
                break;
            case '`':
                cursor.At++;
                _parameters.Put(word, Substitution(cursor.TakeThrough('`').Replace("\\`", "`", StringComparison.Ordinal)), "`", quoted: false);
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

    private void Expanding(WordText word, bool isQuote)
    {
        word.Quoted("");
        while (!cursor.IsAtEnd && !(isQuote && cursor.Take('"')))
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
                _parameters.Put(word, Substitution(cursor.TakeThrough('`')), "`", quoted: true);
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
            word.Quoted(AnsiEscapes.Decode(cursor.TakeEscapedThrough('\'')));
        }
        else if (c == '"' && !quoted)
        {
            // A text for translation is a text in double quotes.
        }
        else if (c == '(')
        {
            cursor.At++;
            Parenthesis(word, quoted);
        }
        else if (c == '{')
        {
            cursor.At++;
            _parameters.Braced(word, cursor.TakeNested('{', '}'), quoted);
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            _parameters.Named(word, Name(), quoted);
        }
        else if (c is '@' or '*' || char.IsAsciiDigit(c))
        {
            cursor.At++;
            _parameters.Positional(word, c, quoted);
        }
        else if (c is '?' or '#' or '!' or '-' or '$')
        {
            cursor.At++;
            _parameters.Put(word, null, "$" + c, quoted);
        }
        else
        {
            word.Plain("$");
        }
    }

    /// <summary>Arithmetic when it ends in two, and what it holds is run all the same; else a substitution that begins with a subshell.</summary>
    private void Parenthesis(WordText word, bool quoted)
    {
        var inner = cursor.TakeNested('(', ')');
        if (inner is ['(', .. var sum, ')'])
        {
            shell.Expanded(sum);
            _parameters.Put(word, null, "$((", quoted);
        }
        else
        {
            _parameters.Put(word, Substitution(inner), "$(", quoted);
        }
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
