namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>One piece of code and what it reaches: a node of the graph that a scenario is walked through.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Digest">The hash of its name and of all that it says itself.</param>
/// <param name="Reached">What it reaches directly.</param>
/// <param name="Packages">What of packages it reaches directly.</param>
/// <param name="LooksAround">Whether it may find code, or data, that no token names.</param>
internal sealed record CodeNode(string Name, byte[] Digest, IReadOnlyCollection<CodePlace> Reached, IReadOnlyCollection<string> Packages, bool LooksAround);
