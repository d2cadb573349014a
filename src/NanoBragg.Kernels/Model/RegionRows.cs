namespace NanoBragg.Kernels.Model;

/// <summary>The part of a region that a picture has, as half-open ranges.</summary>
internal readonly struct RegionRows
{
    /// <summary>Cuts a region down to a picture.</summary>
    /// <param name="fastPixels">The picture's pixels along the fast axis.</param>
    /// <param name="slowPixels">The picture's pixels along the slow axis.</param>
    /// <param name="region">The region.</param>
    public RegionRows(int fastPixels, int slowPixels, PixelRegion region)
    {
        (FirstFast, FirstSlow) = (Math.Max(region.FirstFast, 0), Math.Max(region.FirstSlow, 0));
        (EndFast, EndSlow) = ((int)Math.Min(region.LastFast + 1L, fastPixels), (int)Math.Min(region.LastSlow + 1L, slowPixels));
    }

    public int FirstFast { get; }

    public int EndFast { get; }

    public int FirstSlow { get; }

    public int EndSlow { get; }

    /// <summary>Gets how many pixels there are, 0 where the region is beside the picture.</summary>
    public long Pixels => (long)Math.Max(0, EndFast - FirstFast) * Math.Max(0, EndSlow - FirstSlow);
}
