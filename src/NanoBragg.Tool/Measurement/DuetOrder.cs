namespace NanoBragg.Tool.Measurement;

/// <summary>Which side of a duet goes first in a worker process.</summary>
internal static class DuetOrder
{
    /// <summary>Tells whether the base's side is prepared and called before the candidate's.</summary>
    /// <param name="worker">The worker process, from 0.</param>
    /// <returns>A Gray code's low bit: on one, two or four processors both sides come first equally often on each.</returns>
    public static bool IsBaseFirst(int worker) => ((worker ^ (worker >> 1)) & 1) != 0;
}
