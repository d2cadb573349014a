using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Diagnostics;

internal static class CommittedBaseline
{
    public static ChangeTable Compare(string? path, IReadOnlyList<WorkerReport> reports) => new() { With = $"{path}{reports.Count}" };
}
