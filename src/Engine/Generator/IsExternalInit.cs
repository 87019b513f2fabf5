namespace System.Runtime.CompilerServices;

/// <summary>Lets records compile for the old framework that the compiler's plug-ins target.</summary>
internal static class IsExternalInit;
