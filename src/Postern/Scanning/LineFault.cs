namespace Postern.Program.Scanning;

/// <summary>A line that could not be judged.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Message">What is wrong. Never contains content.</param>
internal readonly record struct LineFault(long Line, string Message);
