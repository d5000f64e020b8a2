using Postern.Engine.Policy;

namespace Postern.Engine.Configuration;

/// <summary>The outcome of compiling: a policy, or everything that keeps the configuration from being one.</summary>
/// <param name="Policy">The policy; null exactly when there are errors.</param>
/// <param name="Errors">Each a sentence that begins with the key.</param>
public sealed record PolicyCompilation(SecurityPolicy? Policy, IReadOnlyList<string> Errors);
