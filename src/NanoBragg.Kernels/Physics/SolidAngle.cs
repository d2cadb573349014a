namespace NanoBragg.Kernels.Physics;

/// <summary>Solid angles of detector pixels.</summary>
public static class SolidAngle
{
    /// <summary>Solid angle of a small flat pixel: its area over the squared distance, times its obliquity.</summary>
    /// <param name="pixelSize">Edge, m.</param>
    /// <param name="closeDistance">Distance from the sample to the detector plane along its normal, m.</param>
    /// <param name="airPath">Distance from the sample to the pixel, m.</param>
    /// <returns>Solid angle, sr.</returns>
    public static double OfPixel(double pixelSize, double closeDistance, double airPath) =>
        pixelSize * pixelSize / airPath / airPath * closeDistance / airPath;

    /// <summary>Inverse square law alone, for pixels without area (<c>-point_pixel</c>).</summary>
    /// <param name="airPath">Distance from the sample to the pixel, m.</param>
    /// <returns>Inverse square of the distance, 1/m².</returns>
    public static double OfPoint(double airPath) => 1.0 / airPath / airPath;
}
