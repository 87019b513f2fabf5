using System.Text;

namespace FteAgent.Engine.Generator;

/// <summary>Writes the code that writes and reads values.</summary>
internal static class CodecEmitter
{
    private const string Support = Emitter.Support;

    public static string Codec(SerializableModel model, string space)
    {
        var code = Emitter.Begin(space);
        var name = CodecName(model);
        code.Append($"    {Emitter.Marks}\n    internal sealed class {name}{model.TypeParameters} : {Support}.Codec<{model.Type}>{model.Constraints}\n    {{\n");
        var isNumbered = model is { IsValueType: false, IsImmutable: false, IsException: false } ? "true" : "false";
        code.Append($"        public {name}() : base(isNumbered: {isNumbered}) {{ }}\n");
        AppendWrite(code, model);
        AppendRead(code, model);

        var number = 0;
        foreach (var member in model.Members) AppendAccessors(code, member, number++);
        return code.Append("    }\n}\n").ToString();
    }

    public static void AppendRegistration(StringBuilder code, SerializableModel model)
    {
        if (model.IsAbstract) return;

        code.Append(model.Arity == 0
            ? $"            builder.AddCodec(typeof({model.Type}), static () => new {CodecName(model)}());\n"
            : $"            builder.AddGenericCodec(typeof({model.OpenType}), typeof({CodecName(model)}<{new string(',', model.Arity - 1)}>));\n");
    }

    public static void AppendArguments(StringBuilder code, MethodModel method)
    {
        code.Append($"        public override void WriteArguments(ref {Support}.WireWriter to)\n        {{\n");
        var place = 0u;
        var reads = new StringBuilder();
        foreach (var parameter in method.Parameters)
        {
            if (!parameter.IsToken)
            {
                code.Append($"            {Support}.Codecs.WriteMember(ref to, {Field(place)}u, arg{place});\n");
                reads.Append($"                    case {place + 1}u: arg{place} = {Support}.Codecs.ReadMember<{parameter.Type}>(ref from, tag); break;\n");
            }

            place++;
        }

        code.Append($"        }}\n        public override void ReadArguments(ref {Support}.WireReader from)\n        {{\n");
        code.Append($"            from.BeginObject({Support}.WireKind.Object);\n            uint tag;\n            ");
        AppendFields(code, reads);
        code.Append("            from.EndObject(tag);\n        }\n");
    }

    private static void AppendWrite(StringBuilder code, SerializableModel model)
    {
        // A constructor may set what is not read, so that a type which has one says also what is null or zero.
        var write = model.HasConstructor && !model.IsValueType && !model.IsException ? "WriteAlways" : "WriteMember";
        code.Append($"        public override void Write(ref {Support}.WireWriter to, {model.Type} value)\n        {{\n            to.BeginObject();\n");
        var number = 0;
        var level = 0;
        foreach (var member in model.Members)
        {
            for (; level < member.Level; level++) code.Append("            to.NextLevel();\n");
            var self = member.DeclaredInValueType ? "ref " : "";
            code.Append($"            {Support}.Codecs.{write}(ref to, {Field(member.Id)}u, {(member.Field is null ? "Get" : "Member")}{number++}({self}value));\n");
        }

        for (; level < model.Levels - 1; level++) code.Append("            to.NextLevel();\n");
        if (model.IsException) code.Append($"            to.NextLevel();\n            {Support}.Codecs.WriteException(ref to, value);\n");
        code.Append("            to.EndObject();\n        }\n");
    }

    private static void AppendRead(StringBuilder code, SerializableModel model)
    {
        code.Append($"        public override {model.Type} Read(ref {Support}.WireReader from, {Support}.WireKind kind)\n        {{\n");
        code.Append($"            var number = from.BeginObject(kind);\n            var value = {Emitter.New(model)};\n");
        if (!model.IsValueType) code.Append("            from.Record(number, value);\n");
        code.Append("            uint tag;\n");
        for (var level = 0; level < model.Levels; level++)
        {
            var reads = new StringBuilder();
            var number = 0;
            foreach (var member in model.Members)
            {
                if (member.Level == level) AppendReadMember(reads, member, number);
                number++;
            }

            code.Append(level == 0 ? "            " : "            if (tag == 1u) ");
            AppendFields(code, reads);
        }

        if (model.IsException) code.Append($"            if (tag == 1u) tag = {Support}.Codecs.ReadException(ref from, value);\n");
        code.Append("            from.EndObject(tag);\n            return value;\n        }\n");
    }

    private static void AppendFields(StringBuilder code, StringBuilder reads)
    {
        code.Append("while ((tag = from.NextField()) > 1u)\n                switch (tag >> 3)\n                {\n");
        code.Append(reads).Append("                    default: from.SkipField(tag); break;\n                }\n");
    }

    private static void AppendReadMember(StringBuilder reads, MemberModel member, int number)
    {
        var self = member.DeclaredInValueType ? "ref " : "";
        var read = $"{Support}.Codecs.ReadMember<{member.Type}>(ref from, tag)";
        reads.Append($"                    case {member.Id + 1}u: ");
        reads.Append(member.Field is not null ? $"Member{number}({self}value) = {read}; break;\n" : $"Set{number}({self}value, {read}); break;\n");
    }

    private static void AppendAccessors(StringBuilder code, MemberModel member, int number)
    {
        var self = member.DeclaredInValueType ? "ref " : "";
        if (member.Field is not null)
        {
            code.Append($"        {Accessor("Field", member.Field)}\n        private static extern ref {member.Type} Member{number}({self}{member.DeclaringType} owner);\n");
            return;
        }

        code.Append($"        {Accessor("Method", "get_" + member.Property)}\n        private static extern {member.Type} Get{number}({self}{member.DeclaringType} owner);\n");
        code.Append($"        {Accessor("Method", "set_" + member.Property)}\n        private static extern void Set{number}({self}{member.DeclaringType} owner, {member.Type} value);\n");
    }

    private static string Accessor(string kind, string name) =>
        $"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.{kind}, Name = \"{name}\")]";

    private static uint Field(uint id) => (id + 1) << 3;

    private static string CodecName(SerializableModel model) => $"{model.Identifier}_Codec";
}
