namespace NanoBragg.Kernels.Model;

/// <summary>A rectangle of pixels, its limits included. It may reach past the detector; only pixels that exist count.</summary>
/// <param name="FirstFast">First pixel along the fast axis.</param>
/// <param name="LastFast">Last pixel along the fast axis.</param>
/// <param name="FirstSlow">First pixel along the slow axis.</param>
/// <param name="LastSlow">Last pixel along the slow axis.</param>
public readonly record struct PixelRegion(int FirstFast, int LastFast, int FirstSlow, int LastSlow)
{
    /// <summary>Gets the region that every pixel is in.</summary>
    public static PixelRegion Everything { get; } = new(0, int.MaxValue, 0, int.MaxValue);

    /// <summary>The region of <c>-roi</c>: a limit below 0 does not limit (physics.md section 4).</summary>
    /// <param name="firstFast">First pixel along the fast axis.</param>
    /// <param name="lastFast">Last pixel along the fast axis.</param>
    /// <param name="firstSlow">First pixel along the slow axis.</param>
    /// <param name="lastSlow">Last pixel along the slow axis.</param>
    /// <returns>The region.</returns>
    public static PixelRegion OfLimits(int firstFast, int lastFast, int firstSlow, int lastSlow) =>
        new(Math.Max(firstFast, 0), lastFast < 0 ? int.MaxValue : lastFast, Math.Max(firstSlow, 0), lastSlow < 0 ? int.MaxValue : lastSlow);

    /// <summary>Whether a pixel is in the region.</summary>
    /// <param name="fast">Fast coordinate.</param>
    /// <param name="slow">Slow coordinate.</param>
    /// <returns>True if it is.</returns>
    public bool Contains(int fast, int slow) => fast >= FirstFast && fast <= LastFast && slow >= FirstSlow && slow <= LastSlow;
}
