using System.Globalization;
using NanoBragg.Tool.Commands;
using NanoBragg.Tool.Diagnostics;

namespace NanoBragg.Tool.Bench;

/// <summary>The figures of the suite <c>gpu</c> as text.</summary>
internal static class GpuText
{
    /// <summary>Gets the text, each line ended.</summary>
    /// <param name="result">The figures.</param>
    public static string Of(GpuResult result)
    {
        var devices = result.Accelerator is { } accelerator ? $"{Drawing.Word(accelerator.Kind)}, {accelerator.Name}" : string.Join(" and ", result.Devices.Select(device => string.Create(CultureInfo.InvariantCulture, $"opencl:{device.Number}, {device.Name} ({device.Platform}, driver {device.Driver})")));
        var heading = $"Suite {result.Suite} on {devices}, in {result.Machine.Processor}, {result.Runtime}.\n";
        var speed = new MarkdownTable(
            "case", "precision", "pixels:", "steps/pixel:", "first, ms:", "best, ms:", "kernels, best, ms:", "kernels, median, ms:", "steps/s:", "GFLOP/s:", "image GB/s:");
        foreach (var row in result.Rows)
        {
            speed.Add(
                row.Case,
                row.Precision,
                row.Edge == row.WholeEdge ? string.Create(CultureInfo.InvariantCulture, $"{row.Edge}²") : string.Create(CultureInfo.InvariantCulture, $"{row.Edge}² of {row.WholeEdge}²"),
                Quantity.Count(row.StepsPerPixel),
                Quantity.Milliseconds(row.Times.First),
                Quantity.Milliseconds(row.Times.Best),
                Quantity.Milliseconds(row.Times.BestKernel),
                Quantity.Milliseconds(row.Times.MedianKernel),
                Exponential(row.StepsPerSecond),
                Quantity.Figures(row.UsefulGigaflops),
                Quantity.Figures(row.ImageGigabytesPerSecond));
        }

        var notes = result.Rows.Select(row => row.Case).Distinct().Select(name => $"{name}: {GpuCases.Choose([name])[0].Shows}\n");
        return string.Join('\n', [heading, speed.ToString(), RightnessTable.Of(result.Rows.Select(row => (row.Case, row.Precision, row.Errors))), Code(result), string.Concat(notes) + $"Kernels are timed {(result.Accelerator is null ? "by the device's clock, the whole call by this machine's" : "by this machine's clock, from the launch until the accelerator is done")}; rates are those of the kernels.\n"]);
    }

    // What a GPU executes for a step, by clang.
    private static string Code(GpuResult result)
    {
        if (result.Code.NotAvailable is { } reason)
        {
            return $"Instructions of the inner loop: not available, {reason}.\n";
        }

        var table = new MarkdownTable("case", "precision", "instructions a step:", "multiply-adds:", "other arithmetic:", "special:", "loads:", "rest:");
        foreach (var row in result.Code.Rows)
        {
            table.Add(row.Case, row.Precision, Share(row.Loop.All), Share(row.Loop.MultiplyAdds), Share(row.Loop.OtherArithmetic), Share(row.Loop.Special), Share(row.Loop.Loads), Share(row.Loop.Rest));

            string Share(int count) => (count / (double)row.Steps).ToString("0.##", CultureInfo.InvariantCulture);
        }

        return table.ToString();
    }

    private static string Exponential(double value) => value.ToString("0.00e+0", CultureInfo.InvariantCulture);
}
