namespace Postern.Program;

/// <summary>The configuration or the command line is wrong (exit code 2). The message is for people.</summary>
internal sealed class ConfigException(string message) : Exception(message);
