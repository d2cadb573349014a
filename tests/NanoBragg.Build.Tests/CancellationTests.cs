using System.Diagnostics;
using System.Globalization;
using NanoBragg.Tests.Processes;
using Shouldly;
using Xunit;

namespace NanoBragg.Build.Tests;

/// <summary>Ctrl-C in the middle of a measurement.</summary>
[Collection(PackedFeed.Collection)]
public sealed class CancellationTests
{
    [Fact]
    public async Task A_cancelled_build_leaves_no_process_behind()
    {
        var project = GatedProject.Create(PackedFeed.NewFolder("cancelled"), kernels: EndlessKernel.Source);
        project.Run("restore").ExitCode.ShouldBe(0);
        using var build = DotNet.Start(project.Folder, "build", "--no-restore", "-tl:off", "-nodeReuse:false", "-m:1");
        var output = build.StandardOutput.ReadToEndAsync();
        var error = build.StandardError.ReadToEndAsync();

        // The tool, and the worker that it has started.
        var measuring = WaitFor(() => DescendantsOf(build.Id).Where(RunsTheTool).ToArray(), found => found.Length >= 2);
        measuring.Length.ShouldBeGreaterThanOrEqualTo(2, "the measurement did not start");

        using (var interrupt = Process.Start("kill", ["-INT", build.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await interrupt.WaitForExitAsync();
            interrupt.ExitCode.ShouldBe(0);
        }

        var end = await build.End(output, error);
        end.ExitCode.ShouldNotBe(0, end.Output + end.Error);
        WaitFor(() => measuring.Where(RunsTheTool).ToArray(), left => left.Length == 0).ShouldBeEmpty();
        File.Exists(project.Measured).ShouldBeFalse();
    }

    private static T WaitFor<T>(Func<T> read, Func<T, bool> enough)
    {
        var watch = Stopwatch.StartNew();
        var value = read();
        while (!enough(value) && watch.Elapsed < TimeSpan.FromSeconds(60))
        {
            Thread.Sleep(100);
            value = read();
        }

        return value;
    }

    private static IEnumerable<int> DescendantsOf(int processId)
    {
        var parents = Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .ToDictionary(id => id, ParentOf);
        return parents.Keys.Where(id => IsBelow(id, processId, parents));
    }

    private static bool IsBelow(int id, int ancestor, Dictionary<int, int> parents)
    {
        while (parents.TryGetValue(id, out var parent))
        {
            if (parent == ancestor)
            {
                return true;
            }

            id = parent;
        }

        return false;
    }

    // The fourth field of /proc/ID/stat; the second is a name in parentheses that may hold anything.
    private static int ParentOf(int id) =>
        ReadProcess(id, "stat") is { Length: > 0 } stat
            ? int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture)
            : 0;

    private static bool RunsTheTool(int id) =>
        ReadProcess(id, "cmdline").Contains("dotnet-nanobragg.dll", StringComparison.Ordinal);

    private static string ReadProcess(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/{file}");
        }
        catch (IOException)
        {
            return ""; // It has ended.
        }
    }
}
