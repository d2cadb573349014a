namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>The base build of the assembly under test, in a load context of its own: the same names, other code.</summary>
/// <param name="assembly">Its benchmarks.</param>
internal sealed class BaseAssembly(BenchmarkAssembly assembly)
{
    /// <summary>Gets its package version.</summary>
    public string Version => assembly.Version;

    /// <summary>Gets its benchmarks.</summary>
    public IReadOnlyList<Benchmark> Benchmarks => assembly.Benchmarks;

    /// <summary>Loads the base.</summary>
    /// <param name="path">The assembly's path.</param>
    /// <exception cref="UserError">It cannot be loaded, or has no benchmarks.</exception>
    public static BaseAssembly Load(string path)
    {
        try
        {
            return new BaseAssembly(BenchmarkAssembly.Load(path));
        }
        catch (UserError e)
        {
            throw new UserError($"the base cannot be used: {e.Message}", e.ExitCode, e.InnerException);
        }
    }

    /// <summary>Finds a case of the assembly under test in the base.</summary>
    /// <param name="scenario">The scenario's name.</param>
    /// <param name="name">The case's name.</param>
    /// <returns>The case, also where the base lacks it: it then says so.</returns>
    public BaseCase Find(string scenario, string name)
    {
        var benchmark = assembly.Benchmarks.FirstOrDefault(found => found.Scenario == scenario);
        return new BaseCase(benchmark, benchmark?.Cases.FirstOrDefault(found => found.Name == name));
    }
}
