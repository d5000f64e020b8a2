using Postern.Engine.Configuration;

namespace Postern.Program.Running;

/// <summary>What the command line decides beyond the configuration.</summary>
/// <param name="Home">Where state is kept.</param>
/// <param name="Listen">Where to listen.</param>
/// <param name="MakesAuthority">True to make the certificate authority when there is none: a command is to be run behind it.</param>
internal sealed record FirewallOptions(Home Home, ListenAddress Listen, bool MakesAuthority);
