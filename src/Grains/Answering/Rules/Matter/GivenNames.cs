using System.Collections.Frozen;

namespace FteAgent.Answering.Rules.Matter;

/// <summary>
/// Names that people are given in many countries. A name from here with a capital word after it is somebody, where "Fly Machines" and "Due Date" are
/// things. No list holds everybody; this one holds enough that a record of customers shows. Names that are words as well ("Will", "Mark", "Grace") are left out.
/// </summary>
internal static class GivenNames
{
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet((
        "Aaron Abdul Abdullah Adam Adriana Adrian Agnes Ahmed Aisha Akira Alan Albert Alejandro Alessandro Alessia Alexander Alexei Alice Alicia Alina Amara Amelia Amina Amir Amit Ana Anastasia Anders Andrea Andreas Andrei Andrew Angela Anita Anja Anna Anne Annika Anton Antonia Antonio Anya Arjun Arthur Astrid Ayesha "
        + "Barbara Beatrice Beatriz Benedikt Benjamin Bernard Bernd Bianca Birgit Björn Boris Brenda Brian Bridget Bruno Camila Camille Carla Carlos Carmen Caroline Catherine Cecilia Chidi Chiara Chloe Christina Christine Christopher Claire Clara Claudia Cristina Cynthia "
        + "Daniel Daniela Danielle Darren David Deborah Denise Dennis Derek Diego Dieter Dimitri Dirk Dmitri Dominik Donald Donna Doris Dorothy Edith Eduardo Edward Eileen Elena Elias Elif Elisabeth Elise Elizabeth Ellen Emeka Emilia Emily Emma Enrique Eric Erik Esther Eugene Eva Evelyn "
        + "Fatima Felicia Felix Fernanda Fernando Fiona Florian Francesca Francesco Francis Francisco Franziska Frederik Friedrich Gabriel Gabriela Gareth Geoffrey George Gerald Gerhard Giorgio Giovanni Giulia Giuseppe Gonzalo Gregory Guillaume Gunnar Gustavo "
        + "Hamza Hanna Hannah Hans Harald Hassan Heather Hector Heike Helen Helga Henrik Henry Hiroshi Hugo Hussein Ibrahim Ingrid Irina Isabel Isabella Ivan Jacob Jacqueline James Janet Janine Javier Jennifer Jeremy Jessica Joan Joanna Johan Johanna Johannes John Jonas Jonathan Jorge Joseph Joshua Juan Judith Juliana Julie Jürgen Justin Justyna "
        + "Kamal Karen Karin Karl Katarina Katarzyna Kate Katharina Katherine Kathleen Katja Kavita Keith Kenji Kenneth Kevin Khadija Klaus Krzysztof Kwame Lakshmi Lara Lars Laura Laurent Lauren Leila Lena Leon Leonard Leonardo Linda Lorenzo Louise Lucas Lucia Luciana Luigi Luis Lukas Luisa Lydia "
        + "Magdalena Malik Manuel Manuela Marcel Marco Marcus Margaret Margarita Maria Marie Mario Markus Marta Martha Martin Martina Mateo Matthew Matthias Maximilian Mehmet Melanie Melissa Michael Michaela Michelle Miguel Mikhail Mirela Miriam Mohamed Mohammed Monica Monika Mustafa "
        + "Nadia Nadine Naomi Natalia Natalie Natasha Neil Ngozi Nicholas Nicola Nicole Niels Nikita Nikolai Nina Noah Noor Nora Olaf Olga Oliver Olivia Omar Oscar Pablo Pamela Paolo Patricia Patrick Paul Paula Pauline Pedro Peter Philip Philipp Pierre Piotr Priya Rachel Rafael Rahul Rainer Raj Ralf Ramona Raquel Rebecca Renata Ricardo Richard Rita Robert Roberta Roberto Rodrigo Roger Roland Ruben Rudolf Ruth Ryan "
        + "Sabine Sabrina Samantha Samir Samuel Sandra Sanjay Sara Sarah Sebastian Sergei Sergio Sharon Shirley Silvia Simon Simone Sonia Sophia Sophie Stefan Stefanie Stephanie Stephen Steven Stuart Sunita Susan Susanne Suzanne Sven Svetlana Sylvia Takeshi Tamara Tanja Tariq Tatiana Teresa Theresa Thomas Thorsten Tiago Timothy Tobias Tom Tomasz Torsten Tunde Ulrich Ursula Ute Valentina Valeria Vanessa Vera Veronica Vicente Viktor Vincent Vivian Vladimir Walter Wanda Werner Wilhelm William Wolfgang Xavier Yasmin Yolanda Yuki Yusuf Yvonne Zainab Zofia Zoe")
        .Split(' '));

    // Who stands in examples is nobody.
    private static readonly FrozenSet<string> Nobodies = FrozenSet.ToFrozenSet(["Doe", "Roe", "Smith", "Bloggs", "Public", "Mustermann", "Appleseed", "Dupont", "Rossi", "Example", "Street", "Road", "Avenue", "University", "Institute", "Foundation", "Award", "Theorem", "License", "Licence", "Sans", "Grotesque"]);

    /// <summary>Whether it is what somebody is called.</summary>
    public static bool AreOf(string given, string family) => Names.Contains(given) && !Nobodies.Contains(family);
}
