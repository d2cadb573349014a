using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Imaging;

/// <summary>The part of a region that a picture has, as half-open ranges.</summary>
internal readonly struct RegionRows
{
    /// <summary>Cuts a region down to a picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="region">The region.</param>
    public RegionRows(DiffractionImage image, PixelRegion region)
    {
        (FirstFast, FirstSlow) = (Math.Max(region.FirstFast, 0), Math.Max(region.FirstSlow, 0));
        (EndFast, EndSlow) = ((int)Math.Min(region.LastFast + 1L, image.FastPixels), (int)Math.Min(region.LastSlow + 1L, image.SlowPixels));
    }

    public int FirstFast { get; }

    public int EndFast { get; }

    public int FirstSlow { get; }

    public int EndSlow { get; }
}
