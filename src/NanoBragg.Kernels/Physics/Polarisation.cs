using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Physics;

/// <summary>Polarisation of scattered X-rays.</summary>
public static class Polarisation
{
    /// <summary>Share of the intensity that polarisation leaves (Kahn et al. 1982, physics.md section 16).</summary>
    /// <param name="kahnFactor">Kahn factor of the incident beam; 0 is unpolarised.</param>
    /// <param name="incident">Unit vector of the incident beam.</param>
    /// <param name="diffracted">Unit vector of the diffracted beam.</param>
    /// <param name="axis">Unit vector near the incident E field.</param>
    /// <returns>The factor, 0 to 1.</returns>
    public static double Factor(double kahnFactor, in Vector3D incident, in Vector3D diffracted, in Vector3D axis)
    {
        var cos2Theta = Vector3D.Dot(incident, diffracted);
        var cosSquared = cos2Theta * cos2Theta;
        var sinSquared = 1.0 - cosSquared;
        var psi = 0.0;
        if (kahnFactor != 0.0)
        {
            var b = Vector3D.Cross(axis, incident).Unitised();
            var e = Vector3D.Cross(incident, b).Unitised();
            psi = -Math.Atan2(Vector3D.Dot(diffracted, b), Vector3D.Dot(diffracted, e));
        }

        return 0.5 * (1.0 + cosSquared - kahnFactor * Math.Cos(2.0 * psi) * sinSquared);
    }

    /// <summary>
    /// The same in plain arithmetic, for devices without an arc tangent: with B = axis × incident and E = incident × B, both of unit length, sin² 2θ · cos 2ψ is
    /// (d·E)² - (d·B)².
    /// </summary>
    /// <param name="kahnFactor">Kahn factor of the incident beam; 0 is unpolarised.</param>
    /// <param name="incident">Unit vector of the incident beam.</param>
    /// <param name="diffracted">Unit vector of the diffracted beam.</param>
    /// <param name="axis">Unit vector near the incident E field.</param>
    /// <returns>The factor, 0 to 1.</returns>
    internal static double FactorWithoutAngles(double kahnFactor, in Vector3D incident, in Vector3D diffracted, in Vector3D axis)
    {
        var cos2Theta = Vector3D.Dot(incident, diffracted);
        var cosSquared = cos2Theta * cos2Theta;
        var across = Vector3D.Cross(axis, incident).Unitised();
        var along = Vector3D.Cross(incident, across).Unitised();
        double b = Vector3D.Dot(diffracted, across), e = Vector3D.Dot(diffracted, along);

        // An axis along the beam leaves no frame, and ψ is 0.
        var field = across.Length == 0.0 ? 1.0 - cosSquared : (e * e) - (b * b);
        return 0.5 * (1.0 + cosSquared - (kahnFactor * field));
    }
}
