namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>
/// The rows of tiles that are not drawn yet. Devices take some whenever they are idle, so that the faster ones draw more. Devices that are alike have their part at once: many small bands
/// neither fill a large GPU nor part evenly.
/// </summary>
/// <param name="rows">How many there are.</param>
/// <param name="devices">How many devices take from them.</param>
/// <param name="areAlike">Whether these are as fast as each other.</param>
internal sealed class RowSupply(int rows, int devices, bool areAlike)
{
    // So many bands a device that none waits long for the last one.
    private const int Shares = 8;

    private readonly Lock _taking = new();
    private readonly int[] _taken = new int[devices];
    private int _next;

    /// <summary>Takes the next rows.</summary>
    /// <param name="device">Who takes them, from 0.</param>
    /// <param name="wanted">How many are wanted, at least one.</param>
    /// <returns>The first, and how many: no more than are wanted, or a fair share of where others draw, too; 0 where none is left.</returns>
    public (int First, int Count) Take(int device, double wanted)
    {
        lock (_taking)
        {
            var own = areAlike ? ((rows + devices - 1) / devices) - _taken[device] : 0;
            var most = devices == 1 ? rows : Math.Max(own, Math.Max(1, rows / (Shares * devices)));
            var (first, count) = (_next, (int)Math.Clamp(wanted, 0.0, Math.Min(most, rows - _next)));
            _next += count;
            _taken[device] += count;
            return (first, count);
        }
    }
}
