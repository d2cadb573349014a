namespace NanoBragg.Build.Tests;

/// <summary>A user's library with two kernels, gated by the package.</summary>
internal sealed class GatedProject
{
    /// <summary>Benchmarks whose exact figures follow a constant, so that no verdict depends on time.</summary>
    private const string Kernels = """
        #if NET
        using System.Collections.Generic;
        using NanoBragg;

        namespace Gated;

        internal static class Kernels
        {
            private const int Rows = 100;
            private const int Columns = 50;

            [KernelBenchmark("rows", Measures = "adds up rows")]
            private static KernelRun AddRows() => Add(Rows);

            [KernelBenchmark("columns", Measures = "adds up columns")]
            private static KernelRun AddColumns() => Add(Columns);

            private static KernelRun Add(int steps)
            {
                var values = new double[20_000];
                System.Array.Fill(values, 0.5);
                var sum = 0.0;
                return new KernelRun(() => { sum = 0; foreach (var value in values) { sum += value; } })
                {
                    Steps = steps,
                    Check = () => new Dictionary<string, double> { ["sum"] = sum },
                };
            }
        }
        #endif
        """;

    private GatedProject(string folder, string name)
    {
        Folder = folder;
        Name = name;
    }

    /// <summary>Gets the folder of the project.</summary>
    public string Folder { get; }

    /// <summary>Gets the name of the project.</summary>
    public string Name { get; }

    /// <summary>Gets the committed baseline.</summary>
    public string Baseline => Path.Combine(Folder, "nanobragg.baseline.json");

    /// <summary>Gets the folder of the gate's results in a Debug build.</summary>
    public string ResultFolder => Path.Combine(Folder, "obj", "nanobragg", "Debug");

    /// <summary>Gets the measured values.</summary>
    public string Measured => Path.Combine(ResultFolder, "measured.json");

    /// <summary>Gets the source file of the kernels.</summary>
    public string Source => Path.Combine(Folder, "Kernels.cs");

    /// <summary>Writes a project without a baseline.</summary>
    public static GatedProject Create(string folder, string name = "Gated", string frameworks = "<TargetFramework>net10.0</TargetFramework>", string? kernels = null)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                {frameworks}
                <NanoBraggFailOn Condition="'$(NanoBraggFailOn)' == ''">exact</NanoBraggFailOn>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="NanoBragg.Build" Version="0.1.0" PrivateAssets="all" /></ItemGroup>
            </Project>
            """);
        var project = new GatedProject(folder, name);
        File.WriteAllText(project.Source, kernels ?? Kernels);
        return project;
    }

    /// <summary>Writes a project and records its baseline.</summary>
    public static GatedProject CreateWithBaseline(string folder, string name = "Gated", string frameworks = "<TargetFramework>net10.0</TargetFramework>")
    {
        var project = Create(folder, name, frameworks);
        var result = project.Build("-p:NanoBraggUpdateBaseline=true");
        return result.ExitCode == 0 ? project : throw new InvalidOperationException(result.Output);
    }

    /// <summary>Builds the project.</summary>
    public CommandResult Build(params IEnumerable<string> arguments) => Run("build", arguments);

    /// <summary>Runs a command of <c>dotnet</c> that builds.</summary>
    public CommandResult Run(string command, params IEnumerable<string> arguments) =>
        DotNet.Run(Folder, [command, "-tl:off", "-nodeReuse:false", "-m:1", .. arguments]);

    /// <summary>Edits the kernels: one more row of work, which breaks the metric <c>steps</c> of <c>rows</c>.</summary>
    public void AddWork() => Edit("Rows = 100", "Rows = 130");

    /// <summary>Takes the work back.</summary>
    public void RemoveWork() => Edit("Rows = 130", "Rows = 100");

    /// <summary>Gets the line, 1-based, of a metric in the baseline.</summary>
    public int LineOf(string scenario, string metric)
    {
        var lines = File.ReadAllLines(Baseline);
        var entry = Array.FindIndex(lines, line => line.Contains($"\"scenario\": \"{scenario}\"", StringComparison.Ordinal));
        return Array.FindIndex(lines, entry, line => line.Contains($"\"{metric}\":", StringComparison.Ordinal)) + 1;
    }

    /// <summary>Edits the kernels.</summary>
    public void Edit(string from, string to)
    {
        var text = File.ReadAllText(Source);
        if (!text.Contains(from, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"'{from}' is not in {Source}");
        }

        File.WriteAllText(Source, text.Replace(from, to, StringComparison.Ordinal));
    }
}
