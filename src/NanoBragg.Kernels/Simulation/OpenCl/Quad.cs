using System.Numerics;
using System.Runtime.InteropServices;
using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>Four numbers side by side, as a kernel's <c>float4</c> or <c>double4</c>.</summary>
/// <typeparam name="T">The element.</typeparam>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Quad<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _x, _y, _z, _w;

    /// <summary>Rounds numbers to the element.</summary>
    public Quad(double x, double y, double z, double w) =>
        (_x, _y, _z, _w) = (T.CreateTruncating(x), T.CreateTruncating(y), T.CreateTruncating(z), T.CreateTruncating(w));

    /// <summary>Rounds a vector and a number to the element.</summary>
    public Quad(in Vector3D vector, double w)
        : this(vector.X, vector.Y, vector.Z, w)
    {
    }

    /// <summary>What rounding takes from a number: with the rounded number it makes a pair of twice the accuracy.</summary>
    /// <param name="value">The number.</param>
    public static double Lost(double value) => value - double.CreateTruncating(T.CreateTruncating(value));

    /// <summary>What rounding takes from a vector.</summary>
    /// <param name="vector">The vector.</param>
    public static Vector3D Lost(in Vector3D vector) => new(Lost(vector.X), Lost(vector.Y), Lost(vector.Z));
}
