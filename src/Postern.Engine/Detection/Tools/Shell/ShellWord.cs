namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>One word of a command after quotes, escapes and every expansion that can be known without running anything.</summary>
/// <param name="Text">What is known of it.</param>
/// <param name="Open">True when a part is only known at run time; <see cref="Text"/> then lacks that part.</param>
/// <param name="IsChoice">True for another value of the word in front of it, as a loop gives: only one of them is there at a time.</param>
internal sealed record ShellWord(string Text, bool Open, bool IsChoice = false);
