"""Names to invent people with: those of the region, and a long tail of English ones made of two parts."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import dataclass
from importlib.resources import files

STARTS = (
    *(
        "Ash",
        "Black",
        "Brad",
        "Bram",
        "Brock",
        "Chad",
        "Clay",
        "Copp",
        "Cran",
        "Dun",
        "Ed",
        "Elm",
        "Fair",
        "Fen",
        "Gold",
        "Hal",
    ),
    *(
        "Har",
        "Hart",
        "Haw",
        "Hazel",
        "Hol",
        "Ings",
        "Kel",
        "Kings",
        "Lang",
        "Lin",
        "Mal",
        "Marl",
        "Mel",
        "Mid",
        "Nor",
        "Oak",
    ),
    *(
        "Pem",
        "Pen",
        "Ram",
        "Red",
        "Row",
        "Sed",
        "Shel",
        "Sher",
        "Stan",
        "Stock",
        "Sut",
        "Thorn",
        "Wads",
        "Wal",
        "War",
        "Whit",
    ),
)
ENDS = (
    *(
        "bourne",
        "bridge",
        "brook",
        "bury",
        "by",
        "cliffe",
        "combe",
        "cott",
        "croft",
        "dale",
        "field",
        "ford",
        "gate",
        "ham",
    ),
    *(
        "hurst",
        "land",
        "ley",
        "low",
        "mere",
        "more",
        "port",
        "ridge",
        "sall",
        "shaw",
        "stead",
        "stone",
        "thorpe",
        "ton",
        "wick",
        "wood",
    ),
)


@dataclass(frozen=True, slots=True)
class Community:
    """`made`: how often a surname is one of STARTS and ENDS; `patronymic`: whether many bear their father's name."""

    share: int
    men: tuple[str, ...]
    women: tuple[str, ...]
    surnames: tuple[str, ...]
    places: tuple[str, ...]
    made: float = 0.0
    patronymic: bool = False

    def given(self, chance: random.Random, sex: str) -> str:
        return _common(chance, self.men if sex == "m" else self.women)

    def surname(self, chance: random.Random) -> str:
        if chance.random() < self.made:
            return made(chance)
        return _common(chance, self.surnames)


def made(chance: random.Random) -> str:
    """A surname or the name of a street, of two parts."""
    return chance.choice(STARTS) + chance.choice(ENDS)


def _common(chance: random.Random, names: tuple[str, ...]) -> str:
    """One of the names, the first ones more often."""
    return names[int(chance.expovariate(2.5 / len(names))) % len(names)]


def _of(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COMMUNITIES = (
    Community(
        62,
        _of(
            "David John Paul James Michael Stephen Mark Andrew Robert Richard Peter Christopher Daniel Matthew Thomas William Jack Joshua "
            "Anthony Kevin Gary Ian Lee Simon Darren Jason Luke Ryan Adam Liam Callum Connor Jordan Kyle Nathan Dean Craig Stuart Graham Keith "
            "Nigel Roger Terence Dennis Brian Alan Colin Derek Trevor Barry Oliver Harry George Alfie Archie Noah Oscar Leo Max Ethan Toby"
        ),
        _of(
            "Susan Sarah Margaret Karen Jane Julie Christine Anne Mary Patricia Elizabeth Helen Linda Emma Laura Rebecca Catherine Jennifer "
            "Claire Nicola Joanne Michelle Tracey Lisa Samantha Louise Victoria Charlotte Jessica Lauren Chloe Emily Sophie Megan Hannah Amy "
            "Katie Gemma Kelly Stacey Donna Debbie Wendy Janet Barbara Dorothy Sheila Pauline Maureen Amelia Olivia Isla Ava Poppy Freya"
        ),
        _of(
            "Smith Jones Taylor Brown Williams Davies Johnson Wilson Evans Thomas Roberts Walker Wright Robinson Thompson White Hughes Edwards "
            "Green Hall Wood Harris Lewis Martin Jackson Clarke Turner Hill Moore Cooper Ward Morris Mitchell Bennett Price Cook Shaw Parker "
            "Carter Foster Webb Palmer Mason Hunt Holmes Knight Fox Reid Fletcher Barker Gibson Pearson Lowe Dixon Harvey Ellis Bailey"
        ),
        _of("Coventry Birmingham Dudley Walsall Stafford Leicester London Tamworth Nuneaton Cannock"),
        made=0.55,
    ),
    Community(
        14,
        _of(
            "Mohammed Ahmed Ali Hussain Hassan Imran Tariq Khalid Yusuf Ibrahim Omar Usman Bilal Hamza Abdul Rashid Sajid Naeem Nasir Qasim "
            "Zafar Iqbal Farooq Habib Jamal Karim Salim Waheed Waqar Adnan Asif Faisal Kashif Shahid Zahid Arif Javed Amir Kamran Rizwan"
        ),
        _of(
            "Fatima Aisha Khadija Maryam Zainab Amina Nasreen Parveen Samina Shabnam Shaheen Shazia Sadia Yasmin Zahra Nadia Salma Sana Saima "
            "Rukhsana Bushra Farzana Ghazala Humaira Iram Kausar Lubna Mehwish Noreen Rabia Robina Sobia Tahira Uzma"
        ),
        _of(
            "Khan Begum Hussain Ahmed Ali Akhtar Bibi Mahmood Malik Iqbal Miah Uddin Islam Rehman Choudhury Sheikh Shah Mirza Qureshi Siddiqui "
            "Butt Ansari Hoque Raja Javed Aslam Rashid Yousaf Zaman Kauser Nawaz Sharif Bashir Anwar Latif Parvez Sultana Khatun"
        ),
        _of("Mirpur Lahore Sylhet Dhaka Rawalpindi Birmingham Coventry Karachi"),
    ),
    Community(
        9,
        _of(
            "Gurpreet Harpreet Manpreet Jaspreet Kuldeep Mandeep Sandeep Amandeep Jagdeep Sukhdeep Balwinder Satnam Rajesh Vijay Vikram Deepak "
            "Amit Sanjay Anil Sunil Ravi Kiran Ashok Mukesh Nitin Rakesh Suresh Ramesh Dinesh Bhavesh"
        ),
        _of(
            "Gurpreet Harpreet Manpreet Jaspreet Sukhwinder Mandeep Balwinder Amandeep Kuldeep Pooja Geeta Neelam Meena Lakshmi Priya Anita "
            "Sunita Rekha Kavita Seema Nisha Jyoti Hema Bhavna Kiran Ranjit Parminder Navdeep"
        ),
        _of(
            "Singh Kaur Patel Sharma Gill Sandhu Dhillon Gupta Mistry Sidhu Bains Dhaliwal Grewal Shah Chauhan Parmar Solanki Desai Joshi Mehta"
        ),
        _of("Jalandhar Ludhiana Amritsar Ahmedabad Wolverhampton Birmingham Nairobi"),
    ),
    Community(
        6,
        _of(
            "Piotr Krzysztof Andrzej Tomasz Pawel Michal Marcin Jakub Mateusz Lukasz Grzegorz Wojciech Jan Szymon Kamil Dawid Adam Rafal Jerzy"
        ),
        _of(
            "Anna Katarzyna Malgorzata Agnieszka Magdalena Joanna Ewa Monika Zofia Aleksandra Dorota Beata Iwona Karolina Natalia Elzbieta"
        ),
        _of(
            "Nowak Kowalski Wisniewski Wojcik Kowalczyk Kaminski Lewandowski Zielinski Szymanski Wozniak Dabrowski Kozlowski Jankowski Mazur "
            "Krawczyk Piotrowski Grabowski Pawlowski Michalski Zajac Krol Wieczorek Jablonski Wrobel Stepien"
        ),
        _of("Warszawa Krakow Lublin Gdansk Poznan Wroclaw"),
    ),
    Community(
        4,
        _of(
            "Alexandru Andrei Ion Mihai Gheorghe Stefan Nicolae Constantin Cristian Florin Vasile Marius Adrian Daniel Ionut Bogdan"
        ),
        _of(
            "Maria Elena Ioana Andreea Mihaela Gabriela Cristina Alexandra Daniela Ana Simona Roxana Raluca Florentina"
        ),
        _of(
            "Popescu Ionescu Popa Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Munteanu Marin Tudor Dobre Barbu Nistor Florea"
        ),
        _of("Bucuresti Cluj Iasi Timisoara Constanta"),
    ),
    Community(
        3,
        _of(
            "Oluwaseun Adebayo Emeka Chinedu Oluwatobi Babatunde Ayodele Chukwuma Nnamdi Oluwafemi Tunde Ikenna Obinna Adewale Segun"
        ),
        _of(
            "Ngozi Oluwakemi Ifeoma Temitope Folasade Chioma Nkechi Oyinkansola Adaeze Funmilayo Yetunde Bukola Amaka Blessing"
        ),
        _of(
            "Okafor Adeyemi Okonkwo Nwosu Eze Obi Adebayo Balogun Ogunleye Nwachukwu Abiola Ojo Bello Oni Adeleke Uche"
        ),
        _of("Lagos Abuja Ibadan Enugu London"),
    ),
    Community(
        2,
        _of(
            "Mohamed Abdi Ahmed Hassan Ali Abdullahi Ibrahim Yusuf Omar Farah Jama Warsame Abdirahman Mohamud Said Nur Osman Hussein"
        ),
        _of("Fadumo Amina Hodan Khadija Halima Maryan Sahra Deqa Ayan Ifrah Hibo Naima Ubah Asha Hawa"),
        _of(
            "Ali Mohamed Hassan Ahmed Abdi Farah Jama Warsame Hussein Omar Nur Yusuf Ibrahim Osman Aden Hersi Elmi Guled"
        ),
        _of("Mogadishu Hargeisa Kismayo Bosaso"),
        patronymic=True,
    ),
)


def _tables() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    data = json.loads(files("alongside.linkage").joinpath("data/names.json").read_text("utf-8"))
    spelt: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for line in data["spellings"]:
        for name in line.split():
            spelt[name] = tuple(other for other in line.split() if other != name)
    return dict(spelt), {full: tuple(line.split()) for full, line in data["short_forms"].items()}


SPELT, SHORT = _tables()
