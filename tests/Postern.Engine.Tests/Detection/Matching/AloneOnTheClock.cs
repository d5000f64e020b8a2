namespace Postern.Engine.Tests.Detection.Matching;

/// <summary>Tests that read the processor clock run by themselves: it counts the whole process.</summary>
[CollectionDefinition(nameof(AloneOnTheClock), DisableParallelization = true)]
public sealed class AloneOnTheClock;
