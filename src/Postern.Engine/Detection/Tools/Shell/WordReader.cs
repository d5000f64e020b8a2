using System.Buffers;

namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Reads one word: quotes, escapes, expansions, substitutions.</summary>
internal sealed class WordReader(ShellCursor cursor, ShellScript script, ShellReader shell)
{
    private const string Blanks = " \t\n";
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
                Expanding(word, isQuote: true);
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
            Braced(word, cursor.TakeNested('{', '}'), quoted);
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            Named(word, Name(), quoted);
        }
        else if (c is '@' or '*' || char.IsAsciiDigit(c))
        {
            cursor.At++;
            Positional(word, c, quoted);
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

    /// <summary>Arithmetic when it ends in two, and what it holds is run all the same; else a substitution that begins with a subshell.</summary>
    private void Parenthesis(WordText word, bool quoted)
    {
        var inner = cursor.TakeNested('(', ')');
        if (inner is ['(', .. var sum, ')'])
        {
            shell.Expanded(sum);
            Put(word, null, "$((", quoted);
        }
        else
        {
            Put(word, Substitution(inner), "$(", quoted);
        }
    }

    private void Braced(WordText word, string inner, bool quoted)
    {
        var bracket = inner.IndexOf('[', StringComparison.Ordinal);
        if (inner is ['@' or '*', ..] || (inner.Length == 1 && char.IsAsciiDigit(inner[0])))
        {
            Positional(word, inner[0], quoted);
        }
        else if (bracket > 0 && inner.AsSpan(bracket + 1) is ['@' or '*', ']', ..] && script.Variables.List(inner[..bracket]) is { } items)
        {
            Items(word, items, quoted);
        }
        else if (script.Variables.List(inner) is not null)
        {
            Named(word, inner, quoted);
        }
        else
        {
            Changed(word, inner, quoted);
        }
    }

    private void Changed(WordText word, string inner, bool quoted)
    {
        var (text, isOpen) = shell.Expanded(inner);
        var name = new string([.. text.TakeWhile(static c => char.IsAsciiLetterOrDigit(c) || c == '_')]);
        if (script.Variables.List(name) is { Length: > 1 } values && TrySpend(values))
        {
            word.Choice(Array.ConvertAll(values, value =>
            {
                script.Variables.Set(name, value.Text);
                return value with { Text = ParameterExpansion.Value(text, script.Variables) ?? value.Text };
            }));
            script.Variables.SetList(name, values);
        }
        else
        {
            Put(word, ParameterExpansion.Value(text, script.Variables), "$" + text, quoted);
        }

        if (isOpen)
        {
            word.Unknown("");
        }
    }

    private void Named(WordText word, string name, bool quoted)
    {
        if (script.Variables.List(name) is { Length: > 1 } values && TrySpend(values))
        {
            word.Choice(values);
        }
        else
        {
            Put(word, script.Variables[name], "$" + name, quoted);
        }
    }

    private bool TrySpend(ShellWord[] values) => script.TrySpend(values.Length) && script.TrySpend(values.Sum(static value => value.Text.Length));

    /// <summary>All items, each a word of its own.</summary>
    private void Items(WordText word, ReadOnlySpan<ShellWord> items, bool quoted)
    {
        for (var i = 0; i < items.Length && script.TrySpend(1); i++)
        {
            if (i > 0)
            {
                word.End();
            }

            Put(word, items[i].Open ? null : items[i].Text, items[i].Text, quoted);
        }
    }

    /// <summary>
    /// Where nobody gave parameters, inside a word one is nothing; a word of its own is only known at run time.
    /// </summary>
    private void Positional(WordText word, char c, bool quoted)
    {
        if (script.Variables.List(ShellVariables.Parameters) is { } given)
        {
            var number = c - '0';
            Items(word, c is '@' or '*' ? given.AsSpan(Math.Min(1, given.Length)) : number < given.Length ? given.AsSpan(number, 1) : [], quoted);
        }
        else if (word.IsEmptyText && (cursor.Current is '"' || cursor.IsAtEnd || IsEnd()))
        {
            word.Unknown("$" + c);
        }
    }

    private void Put(WordText word, string? value, string name, bool quoted)
    {
        if (value is null || !script.TrySpend(value.Length))
        {
            word.Unknown(name);
        }
        else if (quoted)
        {
            word.Quoted(value);
        }
        else
        {
            word.Value(value, script.Variables["IFS"] is { } separators ? Blanks + separators : Blanks);
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
