using NanoBragg.Tool.Baselines;

namespace NanoBragg.Tool.Tests.Baselines;

/// <summary>
/// The test assembly as a program: it rewrites a baseline as fast as it can, turn by turn with one entry and with many, until it is killed.
/// </summary>
internal static class Rewriter
{
    public static void Main(string[] args)
    {
        if (args is not ["rewrite", var path])
        {
            throw new ArgumentException("usage: rewrite FILE");
        }

        var small = BaselineFile.Read(path).Content;
        small = small with { Entries = [small.Entries[0] with { Scenario = "good" }] };
        var large = small with { Entries = [.. Enumerable.Range(0, 400).Select(i => small.Entries[0] with { Scenario = $"good/{i:000}" })] };
        Console.WriteLine("writing");
        while (true)
        {
            BaselineFile.Read(path).Write(large);
            BaselineFile.Read(path).Write(small);
        }
    }
}
