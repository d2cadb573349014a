using System.Reflection;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>The assembly under test: its identity, and the benchmarks that it declares.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Version">Its package version, as NuGet writes it, without build metadata.</param>
/// <param name="Benchmarks">Its benchmarks, in the order declared; at least one.</param>
internal sealed record BenchmarkAssembly(string Name, string Version, IReadOnlyList<Benchmark> Benchmarks)
{
    /// <summary>Loads an assembly and reads its benchmarks. No code of it runs.</summary>
    /// <param name="path">The assembly's path.</param>
    /// <exception cref="UserError">It cannot be loaded, declares no benchmark, or declares one wrongly.</exception>
    public static BenchmarkAssembly Load(string path)
    {
        path = Path.GetFullPath(path);
        var file = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            throw new UserError(
                Directory.Exists(path)
                    ? $"'{path}' is a folder; name the assembly (.dll) in it"
                    : $"there is no assembly '{path}'; build it first, or name another with --assembly");
        }

        try
        {
            var assembly = new BenchmarkLoadContext(path).LoadFromAssemblyPath(path);
            var benchmarks = Find(assembly, file);
            return new BenchmarkAssembly(assembly.GetName().Name!, VersionOf(assembly), benchmarks);
        }
        catch (BadImageFormatException e)
        {
            throw new UserError($"'{path}' is not a .NET assembly that this machine can load; name the .dll that the build made", ExitCode.Failure, e);
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or TypeLoadException or InvalidOperationException or UnauthorizedAccessException)
        {
            throw new UserError($"'{file}' cannot be loaded: {OneLine(e.Message)}", ExitCode.Failure, e);
        }
    }

    /// <summary>Gets the benchmarks of some scenarios, in the order declared.</summary>
    /// <param name="scenarios">The scenarios' names; empty for all.</param>
    /// <exception cref="UserError">There is no scenario of one of these names.</exception>
    public IReadOnlyList<Benchmark> Select(IReadOnlyList<string> scenarios)
    {
        foreach (var scenario in scenarios)
        {
            if (!Benchmarks.Any(benchmark => benchmark.Scenario == scenario))
            {
                var nearest = NearestNames.Of(scenario, Benchmarks.Select(benchmark => benchmark.Scenario));
                throw new UserError(
                    $"there is no scenario '{scenario}' in {Name}; "
                    + (nearest.Count > 0 ? $"did you mean {string.Join(" or ", nearest)}? ('dotnet nanobragg list' shows all)" : "'dotnet nanobragg list' shows all"));
            }
        }

        return scenarios.Count == 0 ? Benchmarks : [.. Benchmarks.Where(benchmark => scenarios.Contains(benchmark.Scenario))];
    }

    /// <summary>Makes one line of a message.</summary>
    public static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();

    private static List<Benchmark> Find(Assembly assembly, string file)
    {
        var benchmarks = BenchmarkMethods.Of(assembly).Select(BenchmarkDeclaration.Read).OfType<Benchmark>().ToList();
        if (benchmarks.Count == 0)
        {
            throw new UserError($"'{file}' declares no benchmark; mark a static method that returns a KernelRun with [KernelBenchmark(\"name\")]");
        }

        var scenarios = new Dictionary<string, MethodInfo>();
        foreach (var benchmark in benchmarks)
        {
            if (!scenarios.TryAdd(benchmark.Scenario, benchmark.Prepare))
            {
                var first = scenarios[benchmark.Scenario];
                throw new UserError(
                    $"'{file}' declares the scenario '{benchmark.Scenario}' twice: {first.DeclaringType!.FullName}.{first.Name} and {benchmark.Prepare.DeclaringType!.FullName}.{benchmark.Prepare.Name}; rename one");
            }
        }

        return benchmarks;
    }

    private static string VersionOf(Assembly assembly)
    {
        foreach (var attribute in assembly.GetCustomAttributesData())
        {
            if (attribute.AttributeType == typeof(AssemblyInformationalVersionAttribute) && attribute.ConstructorArguments[0].Value is string { Length: > 0 } version)
            {
                return version.Split('+')[0];
            }
        }

        return assembly.GetName().Version?.ToString(3) ?? "0.0.0";
    }
}
