using System.Collections.Frozen;

namespace Postern.Engine.Views;

/// <summary>The named character references worth decoding: those of ASCII characters, spaces, invisibles and everyday punctuation.</summary>
internal static class EntityNames
{
    public const int MaxLength = 18;

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> s_table =
        new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["Tab"] = 9, ["NewLine"] = 10, ["excl"] = '!', ["quot"] = '"', ["QUOT"] = '"', ["num"] = '#', ["dollar"] = '$',
            ["percnt"] = '%', ["amp"] = '&', ["AMP"] = '&', ["apos"] = '\'', ["lpar"] = '(', ["rpar"] = ')', ["ast"] = '*',
            ["midast"] = '*', ["plus"] = '+', ["comma"] = ',', ["period"] = '.', ["sol"] = '/', ["colon"] = ':',
            ["semi"] = ';', ["lt"] = '<', ["LT"] = '<', ["equals"] = '=', ["gt"] = '>', ["GT"] = '>', ["quest"] = '?',
            ["commat"] = '@', ["lsqb"] = '[', ["lbrack"] = '[', ["bsol"] = '\\', ["rsqb"] = ']', ["rbrack"] = ']',
            ["Hat"] = '^', ["lowbar"] = '_', ["UnderBar"] = '_', ["grave"] = '`', ["DiacriticalGrave"] = '`',
            ["lcub"] = '{', ["lbrace"] = '{', ["verbar"] = '|', ["vert"] = '|', ["VerticalLine"] = '|', ["rcub"] = '}',
            ["rbrace"] = '}', ["nbsp"] = 0xA0, ["NonBreakingSpace"] = 0xA0, ["shy"] = 0xAD, ["ensp"] = 0x2002,
            ["emsp"] = 0x2003, ["numsp"] = 0x2007, ["puncsp"] = 0x2008, ["thinsp"] = 0x2009, ["ThinSpace"] = 0x2009,
            ["hairsp"] = 0x200A, ["VeryThinSpace"] = 0x200A, ["ZeroWidthSpace"] = 0x200B, ["zwnj"] = 0x200C,
            ["zwj"] = 0x200D, ["lrm"] = 0x200E, ["rlm"] = 0x200F, ["hyphen"] = 0x2010, ["dash"] = 0x2010,
            ["ndash"] = 0x2013, ["mdash"] = 0x2014, ["lsquo"] = 0x2018, ["rsquo"] = 0x2019, ["ldquo"] = 0x201C,
            ["rdquo"] = 0x201D, ["hellip"] = 0x2026, ["bull"] = 0x2022, ["middot"] = 0xB7, ["NoBreak"] = 0x2060,
            ["ApplyFunction"] = 0x2061, ["InvisibleTimes"] = 0x2062, ["InvisibleComma"] = 0x2063, ["fflig"] = 0xFB00,
            ["filig"] = 0xFB01, ["fllig"] = 0xFB02, ["copy"] = 0xA9, ["reg"] = 0xAE, ["times"] = 0xD7, ["laquo"] = 0xAB,
            ["raquo"] = 0xBB, ["inodot"] = 0x131, ["imath"] = 0x131,
        }.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The code point of a name, or -1.</summary>
    public static int Find(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[MaxLength];
        if (name.Length > MaxLength)
        {
            return -1;
        }

        for (var i = 0; i < name.Length; i++)
        {
            text[i] = (char)name[i];
        }

        return s_table.TryGetValue(text[..name.Length], out var code) ? code : -1;
    }
}
