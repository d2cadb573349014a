using System.CommandLine;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Workers;

namespace NanoBragg.Tool.Commands;

/// <summary><c>list</c>: what there is to measure.</summary>
internal static class List
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var assembly = MeasuringArguments.Assembly();
        var json = MeasuringArguments.Json();
        var command = new Command("list", "Lists the scenarios of an assembly, their cases, and what each measures.") { assembly, json };
        command.SetAction(parsed =>
        {
            var scenarios = BenchmarkAssembly.Load(MeasuringArguments.AssemblyPath(parsed, assembly)).Benchmarks
                .Select(benchmark => new ListedScenario(
                    benchmark.Scenario,
                    benchmark.Measures,
                    [.. benchmark.Cases.Select(found => found.Name).Where(name => name.Length > 0)]))
                .OrderBy(scenario => scenario.Scenario, StringComparer.Ordinal)
                .ToList();
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.Write(ReadableJson.Text(scenarios));
            }
            else
            {
                Print(scenarios, output);
            }
        });
        return command;
    }

    private static void Print(List<ListedScenario> scenarios, TextWriter output)
    {
        var width = scenarios.Max(scenario => scenario.Scenario.Length);
        foreach (var scenario in scenarios)
        {
            output.WriteLine($"{scenario.Scenario.PadRight(width)}  {scenario.Measures}".TrimEnd());
            if (scenario.Cases.Count > 0)
            {
                output.WriteLine($"{new string(' ', width)}  cases: {string.Join(", ", scenario.Cases)}");
            }
        }
    }
}
