namespace Postern.Engine.Detection.Rules;

/// <summary>How far one regex rule has already searched the text, and how large its next chunk is.</summary>
internal record struct RegexReach(int End, int NextChunk);
