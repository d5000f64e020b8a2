namespace Postern.Engine.Detection.Rules;

/// <summary>The machine that recognises a rule. The numbers are written in rule tables.</summary>
internal enum MatcherKind : byte
{
    Shape = 1,
    Assignment = 2,
    Phrase = 3,
    Regex = 4,
    Keyed = 5,
    Command = 6,
    Chain = 7,
}
